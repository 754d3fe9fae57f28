import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWorld } from './create-world.ts';
import { foundingFigures } from './founding-figures.ts';
import type { World } from './world.ts';
import { worldContradictions } from './world-contradictions.ts';
import { worldFingerprint } from './world-fingerprint.ts';

const today = '2026-11-22';

describe('a world', () => {
  test('is the same to the byte for the same seed, size and day', () => {
    const options = { seed: 20261122, size: 300, today };
    expect(worldFingerprint(createWorld(options))).toBe(worldFingerprint(createWorld(options)));
  });

  test('differs with the seed, the size and the day', () => {
    const fingerprints = [
      createWorld({ seed: 1, size: 60, today }),
      createWorld({ seed: 2, size: 60, today }),
      createWorld({ seed: 1, size: 61, today }),
      createWorld({ seed: 1, size: 60, today: '2026-11-23' }),
    ].map(worldFingerprint);
    expect(new Set(fingerprints).size).toBe(4);
  });

  test('never contradicts itself and holds nobody who could be real', () => {
    const worlds = fc.record({
      seed: fc.integer(),
      size: fc.integer({ min: 40, max: 400 }),
      today: fc
        .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
    });
    fc.assert(
      fc.property(worlds, (options) => {
        expect(worldContradictions(createWorld(options))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test.each([20261122, 1, 2, 77, -5])('keeps the founding figures with seed %i', (seed) => {
    const figures = foundingFigures(createWorld({ seed, size: 1_500, today }));
    expect(figures).toMatchObject({
      immediateReceptions: 198,
      hosted: 1_500,
      desks: 6,
      saiProjects: 4,
      leadMunicipalities: 4,
      socialServices: 3,
      municipalities: 44,
    });
    expect(figures.continuityToSai).toBeGreaterThan(0.885);
    expect(figures.continuityToSai).toBeLessThan(0.915);
    expect(Math.abs(figures.firstInterventionMedianHours - 12)).toBeLessThan(0.5);
    expect(Math.abs(figures.meanDaysOfOthers - 365)).toBeLessThan(4);
    expect(Math.abs(figures.shorterBy - 0.2)).toBeLessThan(0.01);
    expect(Math.abs(figures.peoplePerCas - 7.4)).toBeLessThan(0.4);
    expect(Math.abs(figures.hostedInHouseholds - 0.45)).toBeLessThan(0.06);
  });

  test.each([
    [{ seed: 1.5, size: 100, today }, 'seed'],
    [{ seed: 1, size: 39, today }, 'size'],
    [{ seed: 1, size: 100, today: '2026-02-30' }, 'YYYY-MM-DD'],
  ])('is refused for %o', (options, reason) => {
    expect(() => createWorld(options)).toThrow(reason);
  });

  test('of fifty thousand people is drawn whole and is sound where looked at', {
    timeout: 180_000,
  }, () => {
    const world = createWorld({ seed: 3, size: 50_000, today });
    expect(foundingFigures(world).hosted).toBe(50_000);
    expect(worldContradictions(onePersonInTwenty(world))).toEqual([]);
  });
});

function onePersonInTwenty(world: World): World {
  const isChosen = (personId: string): boolean => Number(personId.slice(1)) % 20 === 0;
  const chosen = <R extends { readonly personId: string }>(rows: readonly R[]): R[] =>
    rows.filter(({ personId }) => isChosen(personId));
  return {
    ...world,
    people: world.people.filter(({ id }) => isChosen(id)),
    stays: chosen(world.stays),
    immediateReceptions: chosen(world.immediateReceptions),
    asylumSteps: chosen(world.asylumSteps),
    extensions: chosen(world.extensions),
    healthEvents: chosen(world.healthEvents),
    vulnerabilityFlags: chosen(world.vulnerabilityFlags),
    screenings: chosen(world.screenings),
    socialCases: chosen(world.socialCases),
    deskContacts: chosen(world.deskContacts),
    publicUtilityActivities: chosen(world.publicUtilityActivities),
  };
}
