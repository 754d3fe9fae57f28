import { isUtf8 } from 'node:buffer';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../../create-world.ts';
import { createRandom } from '../../random.ts';
import { writeVolunteerRegistry } from './write-volunteer-registry.ts';

const world = createWorld({ seed: 7, size: 300, today: '2026-11-22' });

async function write(dirtyShare: number) {
  const folder = mkdtempSync(path.join(tmpdir(), 'demo-registers-'));
  const random = createRandom(11);
  const manifest = await writeVolunteerRegistry(world, folder, {
    dirtyShare,
    random: () => random.next(),
  });
  const read = (file: string) => readFileSync(path.join(folder, file));
  return { manifest, read };
}

describe('the registers of the associations', () => {
  it('hold every match, training and activity of the world, in ISO-8859-1', async () => {
    const { manifest, read } = await write(0);
    const rowsOf = (register: string) =>
      manifest.files
        .filter((file) => file.startsWith(register))
        .reduce(
          (sum, file) => sum + read(file).toString('latin1').trimEnd().split('\r\n').length - 1,
          0,
        );
    expect(rowsOf('abbinamenti')).toBe(world.tutorMatches.length);
    expect(rowsOf('formazione')).toBe(world.trainings.length);
    expect(rowsOf('attivita')).toBe(world.publicUtilityActivities.length);
    expect(manifest.dirty).toEqual([]);
    const [accented] = manifest.files.filter((file) => file.startsWith('volontari'));
    expect(isUtf8(read(accented ?? ''))).toBe(false);
  });

  it('give the birth date of who works for the public in two of the three spreadsheets in use', async () => {
    const { manifest, read } = await write(0);
    const headings = manifest.files
      .filter((file) => file.startsWith('attivita'))
      .map((file) => read(file).toString('latin1').split('\r\n')[0] ?? '');
    const born = headings.map((heading) => /;(Data di nascita|Nato il);/.exec(heading)?.[1]);
    expect(new Set(born)).toEqual(new Set(['Data di nascita', 'Nato il', undefined]));
  });

  it('are the same bytes for the same seed, broken rows included, each listed', async () => {
    const [first, second] = [await write(0.05), await write(0.05)];
    expect(second.manifest).toEqual(first.manifest);
    for (const file of first.manifest.files)
      expect(second.read(file).equals(first.read(file))).toBe(true);
    const kinds = new Set(first.manifest.dirty.map(({ kind }) => kind));
    expect(kinds).toContain('missing-column');
    expect(kinds).toContain('wrong-encoding');
    expect(kinds.size).toBeGreaterThan(5);
  });
});
