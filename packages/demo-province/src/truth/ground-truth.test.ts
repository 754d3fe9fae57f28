import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createWorld } from '../create-world.ts';
import type { Institution, World } from '../world.ts';
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

  test('joins the institutions that linking all records of everyone at once would join', () => {
    const naive = linkEverything(world);
    for (const person of groundTruth(world).people()) {
      const expected = new Map<number, Institution[]>();
      for (const institution of Object.keys(person.localIds) as Institution[]) {
        const cluster = naive.get(`${person.id} ${institution}`) ?? -1;
        expected.set(cluster, [...(expected.get(cluster) ?? []), institution]);
      }
      const sorted = (groups: Iterable<readonly Institution[]>): string[] =>
        [...groups].map((group) => [...group].sort().join()).sort();
      expect(sorted(person.linkable)).toEqual(sorted(expected.values()));
    }
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

/** Repeats "records with an equal identifier are one person" over the whole province until nothing moves. */
function linkEverything({ people }: World): Map<string, number> {
  const records = people.flatMap(({ id, records: own }) =>
    Object.entries(own).map(([institution, { identifiers }]) => ({
      name: `${id} ${institution}`,
      values: identifiers.map(({ kind, value }) => `${kind}:${value}`),
    })),
  );
  const cluster = new Map(records.map(({ name }, index) => [name, index]));
  for (let moved = true; moved; ) {
    moved = false;
    const lowest = new Map<string, number>();
    for (const { name, values } of records) {
      const own = cluster.get(name) ?? 0;
      for (const value of values) lowest.set(value, Math.min(own, lowest.get(value) ?? own));
    }
    for (const { name, values } of records) {
      const own = cluster.get(name) ?? 0;
      const best = Math.min(own, ...values.map((value) => lowest.get(value) ?? own));
      if (best < own) {
        cluster.set(name, best);
        moved = true;
      }
    }
  }
  return cluster;
}
