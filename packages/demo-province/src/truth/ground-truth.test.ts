import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createWorld } from '../create-world.ts';
import { groundTruth } from './ground-truth.ts';
import { writeGroundTruth } from './write-ground-truth.ts';

const world = createWorld({ seed: 8, size: 120, today: '2026-11-22' });

describe('the ground truth', () => {
  test('answers the table’s question as a plain reading of the world does', () => {
    const answers = [...groundTruth(world).facilities()].flatMap(({ id, guests }) =>
      guests.map((guest) => ({ facility: id, ...guest })),
    );
    expect(answers).toHaveLength(120);
    for (const answer of answers) {
      const stay = world.stays.find(({ id }) => id === answer.stayId);
      expect(stay).toMatchObject({
        personId: answer.personId,
        facilityId: answer.facility,
        entryAt: answer.entryAt,
      });
      expect(stay?.exitAt).toBeUndefined();
      const later = world.healthEvents
        .filter((event) => event.personId === answer.personId && event.at >= answer.entryAt)
        .map((event) => event.at)
        .sort();
      expect(answer.firstHealthEvent?.at).toBe(later[0]);
      if (later[0] !== undefined) {
        const hours = (Date.parse(later[0]) - Date.parse(answer.entryAt)) / 3_600_000;
        expect(answer.firstHealthEvent?.hours).toBeCloseTo(hours, 9);
      }
      expect(answer.openSocialCases.map(({ id }) => id)).toEqual(
        world.socialCases
          .filter((row) => row.personId === answer.personId && row.closedOn === undefined)
          .map(({ id }) => id),
      );
      const household = world.households.find(({ memberIds }) =>
        memberIds.includes(answer.personId),
      );
      expect(answer.tutorMatches.map(({ id }) => id)).toEqual(
        world.tutorMatches
          .filter(({ householdId }) => householdId === household?.id)
          .map(({ id }) => id),
      );
    }
  });

  test('withholds whom any institution protects, and nobody else', () => {
    const protectedHere = (personId: string): boolean =>
      world.vulnerabilityFlags.some(
        (flag) => flag.personId === personId && /TRAFFICKING|TORTURE|FGM/.test(flag.category),
      ) ||
      world.people.some(({ id, records }) => {
        const record = records['social-services'];
        return id === personId && (record?.isRestricted === true || record?.sharing === 'EXCLUDED');
      }) ||
      world.immediateReceptions.some(
        (row) =>
          row.personId === personId && /TRAFFICKING|TORTURE|FGM/.test(row.vulnerabilityCategory),
      );
    const guests = [...groundTruth(world).facilities()].flatMap((facility) => facility.guests);
    expect(guests.filter(({ isWithheld }) => isWithheld).length).toBeGreaterThan(0);
    for (const { personId, isWithheld } of guests) expect(isWithheld).toBe(protectedHere(personId));
  });

  test('is written as the same facts, a line each', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ground-truth-'));
    const path = join(folder, 'ground-truth.json');
    const truth = groundTruth(world);
    await writeGroundTruth(truth, path);
    const text = await readFile(path, 'utf8');
    expect(JSON.parse(text)).toEqual(
      JSON.parse(
        JSON.stringify({
          notice: 'Invented people. No service reads this file.',
          seed: truth.seed,
          today: truth.today,
          figures: truth.figures,
          facilities: [...truth.facilities()],
          people: [...truth.people()],
        }),
      ),
    );
    await rm(folder, { recursive: true });
  });
});
