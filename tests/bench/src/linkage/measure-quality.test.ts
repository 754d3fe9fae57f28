import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawRegisters } from './draw-registers.ts';
import { encodeRegisters } from './encode-registers.ts';
import { measureQuality, type Quality } from './measure-quality.ts';
import { qualityReport } from './quality-report.ts';
import { readErrorModel } from './read-error-model.ts';
import { recallOf } from './score-groups.ts';

const folder = mkdtempSync(join(tmpdir(), 'tavolo-linkage-test-'));
const { parameters } = readErrorModel('worst');
const registers = drawRegisters({ people: 400, seed: 3, parameters });

async function measured(file: string): Promise<Quality> {
  encodeRegisters(registers, join(folder, file));
  return await measureQuality({
    model: 'worst',
    registers,
    file: join(folder, file),
    seed: 3,
  });
}

let quality: Quality;
beforeAll(async () => {
  quality = await measured('first');
});
afterAll(() => rmSync(folder, { recursive: true }));

it('draws about as many people as were asked for, known to four institutions', () => {
  expect(Math.abs(registers.people - 400)).toBeLessThan(60);
  expect(registers.registers.map(({ people }) => people.length > 0)).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

it('says the registry of volunteers neither sex nor citizenship, and the health authority no household', () => {
  for (const { source, people, households } of registers.registers) {
    const isVolunteer = source === 'volunteer-registry';
    for (const { attributes } of people) {
      expect(attributes?.sex === null).toBe(isVolunteer);
      expect(attributes?.citizenship === null).toBe(isVolunteer);
    }
    expect(households.length > 0).toBe(/reception|social/.test(source));
  }
});

it('says a name and no identifier in two records of three', () => {
  const records = registers.registers.flatMap(({ people }) => people);
  const withSome = records.filter(({ identifiers }) => identifiers.length > 0);
  expect(withSome.length / records.length).toBeLessThan(0.36);
  expect(records.every(({ attributes }) => attributes?.name?.trim() !== '')).toBe(true);
});

it('finds more with every stage, and most with reviewers, whose queue runs empty', () => {
  const recalls = [...quality.stages, quality.review].map(recallOf);
  expect([...recalls].sort((a, b) => a - b)).toEqual(recalls);
  expect(recalls.at(0)).toBeLessThan(0.3);
  expect(recalls.at(-1)).toBeGreaterThan(0.8);
  expect(quality.review.left).toBe(0);
});

it('tells the rule of every link, and no link twice', () => {
  const byRule = quality.rules.reduce((sum, { right, wrong }) => sum + right + wrong, 0);
  const last = quality.stages.at(-1);
  expect(byRule).toBeGreaterThan(0);
  expect(last && last.right + last.wrong).toBeGreaterThanOrEqual(byRule);
});

it('measures the same twice', async () => {
  expect(await measured('second')).toEqual(quality);
});

it('shows no ref and no name', () => {
  const report = qualityReport(quality);
  expect(report).toContain('+ perfect review');
  for (const ref of registers.personOf.keys()) expect(report).not.toContain(ref);
});
