import { beforeAll, describe, expect, test } from 'vitest';
import { createWorld } from './create-world.ts';
import type { Institution, World, WorldPerson } from './world.ts';

describe('institutions write people down with the mistakes of the error model', () => {
  let world: World;
  beforeAll(() => {
    world = createWorld({ seed: 11, size: 3_000, today: '2026-11-22' });
  });

  const share = <T>(rows: readonly T[], is: (row: T) => boolean): number =>
    rows.filter(is).length / rows.length;
  const knownTo = (institution: Institution): WorldPerson[] =>
    world.people.filter(({ records }) => records[institution] !== undefined);
  const holds = (institution: Institution, kinds: readonly string[]) => (person: WorldPerson) =>
    person.records[institution]?.identifiers.some(({ kind }) => kinds.includes(kind)) ?? false;

  test('a fifth of the births are on 1 January', () => {
    expect(share(world.people, ({ birthDate }) => birthDate.endsWith('-01-01'))).toBeCloseTo(
      0.22,
      1,
    );
  });

  test('one birth date in twenty is wrong', () => {
    const records = world.people.flatMap(({ birthDate, records: own }) =>
      Object.values(own).map((record) => record.birthDate === birthDate),
    );
    expect(share(records, (isRight) => !isRight)).toBeCloseTo(0.05, 2);
  });

  test.each([
    ['social-services', 0.75],
    ['reception-centres', 0.7],
  ] as const)('%s know a codice fiscale for the stated share', (institution, expected) => {
    const known = share(knownTo(institution), holds(institution, ['CF', 'CF_PROVISIONAL']));
    expect(Math.abs(known - expected)).toBeLessThan(0.03);
  });

  test.each([
    ['reception-centres', 0.85],
    ['social-services', 0.25],
    ['health-authority', 0.25],
  ] as const)(
    '%s know the CUI of the stated share of those who were fingerprinted',
    (institution, expected) => {
      const arrived = new Map<string, string>();
      for (const { personId, entryAt } of world.stays) {
        const first = arrived.get(personId);
        if (first === undefined || entryAt < first) arrived.set(personId, entryAt);
      }
      // A difference of nine years is safely past the age of six from which fingerprints are taken.
      const old = knownTo(institution).filter(({ id, birthDate }) => {
        const entryAt = arrived.get(id);
        return (
          entryAt !== undefined && Number(entryAt.slice(0, 4)) - Number(birthDate.slice(0, 4)) > 8
        );
      });
      expect(Math.abs(share(old, holds(institution, ['CUI'])) - expected)).toBeLessThan(0.03);
    },
  );

  test('most people are spelled differently by some two institutions', () => {
    const known = world.people.filter(({ records }) => Object.keys(records).length >= 2);
    const spelledTwice = share(known, ({ records }) => {
      const names = Object.values(records).map(
        ({ givenName, familyName }) => `${givenName} ${familyName}`,
      );
      return new Set(names).size > 1;
    });
    expect(spelledTwice).toBeGreaterThan(0.5);
  });

  test('an STP lasts six months and is followed by another', () => {
    const series = world.people
      .map(
        ({ records }) =>
          records['health-authority']?.identifiers.filter(({ kind }) => kind === 'STP') ?? [],
      )
      .filter(({ length }) => length > 1);
    expect(series.length).toBeGreaterThan(100);
    for (const codes of series) {
      for (const [index, { validFrom = '', validTo = '' }] of codes.entries()) {
        expect((Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000).toBe(181);
        expect(validFrom > (codes[index - 1]?.validTo ?? '')).toBe(true);
      }
    }
  });

  test('some are followed by no other service and some by several', () => {
    const others = world.people.map(({ records }) => Object.keys(records).length - 1);
    for (const count of [0, 1, 2]) expect(others).toContain(count);
  });
});
