import { expect, it } from 'vitest';
import { createWorld } from '../create-world.ts';
import { defaultErrorModel, type ErrorModel } from '../error-model.ts';
import type { World, WorldPerson, WorldRecord } from '../world.ts';
import { worldFingerprint } from '../world-fingerprint.ts';
import { defaultParameters, type WorldParameters } from '../world-parameters.ts';

const today = '2026-11-22';
const seed = 4;

function worldWith(
  errors: Partial<ErrorModel>,
  parameters: Partial<WorldParameters> = {},
  size = 600,
): World {
  const all = { ...defaultParameters, ...parameters };
  return createWorld({
    seed,
    size,
    today,
    parameters: { ...all, errors: { ...defaultErrorModel, ...errors } },
  });
}

function records(world: World): { person: WorldPerson; record: WorldRecord }[] {
  return world.people.flatMap((person) =>
    Object.values(person.records).map((record) => ({ person, record })),
  );
}

function share<T>(rows: readonly T[], is: (row: T) => boolean): number {
  return rows.filter(is).length / rows.length;
}

const plain = worldWith({});

it('the demo province stays as it is to the byte while new mistakes are off', () => {
  expect(worldFingerprint(createWorld({ seed: 20261122, size: 300, today }))).toBe(
    '5081800cde27ced36b52f4da7112be716d2434614f0706d010711487886ac9d2',
  );
});

it('records without identifiers are as many as stated, and nothing else changes', () => {
  const world = worldWith({ recordHasIdentifiers: 0.33 });
  const before = records(plain);
  const after = records(world);
  const hadSome = after.filter((_, index) => before[index]?.record.identifiers.length);
  expect(share(hadSome, ({ record }) => record.identifiers.length > 0)).toBeCloseTo(0.33, 1);
  expect(after.map(({ record }) => record.familyName)).toEqual(
    before.map(({ record }) => record.familyName),
  );
});

it('names are spelled anew in every register, and nothing but names changes', () => {
  const world = worldWith({ independentTransliteration: 1 });
  const before = records(plain);
  const after = records(world);
  const changed = share(
    after.map(({ record }, index) => [record.familyName, before[index]?.record.familyName]),
    ([now, was]) => now !== was,
  );
  expect(changed).toBeGreaterThan(0.4);
  expect(after.map(({ record }) => [record.birthDate, record.identifiers])).toEqual(
    before.map(({ record }) => [record.birthDate, record.identifiers]),
  );
  for (const { record } of after) {
    expect(record.givenName.trim()).not.toBe('');
    expect(record.familyName.trim()).not.toBe('');
  }
});

it('a wrong sex or citizenship is never the right one', () => {
  const all = records(worldWith({ sexWrong: 0.2, citizenshipWrong: 0.1 }));
  expect(share(all, ({ record }) => record.sex !== undefined)).toBeCloseTo(0.2, 1);
  expect(share(all, ({ record }) => record.citizenship !== undefined)).toBeCloseTo(0.1, 1);
  for (const { person, record } of all) {
    expect(record.sex).not.toBe(person.sex);
    expect(record.citizenship).not.toBe(person.citizenship);
  }
});

it('a register that drops a part of a name keeps a word of it, and never a lone article', () => {
  const several = { peopleWithSeveralNames: 1, typo: 0, namesSwapped: 0 };
  const before = records(worldWith(several));
  const after = records(worldWith({ ...several, namePartDropped: 1 }));
  const words = ({ record }: { record: WorldRecord }): number =>
    `${record.givenName} ${record.familyName}`.split(' ').length;
  expect(share(before, (row) => words(row) > 2)).toBeGreaterThan(0.8);
  expect(share(after, (row) => words(row) > 2)).toBeLessThan(0.2);
  for (const { record } of after)
    expect(record.familyName).not.toMatch(/^(?:El|Al|Ben|De|Bel|Ud)$/);
});

it('twins were born on one day and are called by two names', () => {
  const world = worldWith({ birthDateWrong: 0, typo: 0 }, { twins: 1 }, 2_000);
  const byBirth = new Map<string, WorldPerson[]>();
  for (const person of world.people) {
    if (person.birthDate.endsWith('-01-01')) continue;
    const key = `${person.householdId} ${person.birthDate}`;
    byBirth.set(key, [...(byBirth.get(key) ?? []), person]);
  }
  const twins = [...byBirth.values()].filter(({ length }) => length === 2);
  expect(twins.length).toBeGreaterThan(50);
  const namesOf = ({ records: own }: WorldPerson): string[] =>
    Object.values(own).flatMap(({ givenName, familyName }) => [`${givenName} ${familyName}`]);
  for (const [one, other] of twins) {
    if (one === undefined || other === undefined || one.sex !== other.sex) continue;
    const names = new Set(namesOf(one));
    expect(namesOf(other).filter((name) => names.has(name))).toEqual([]);
  }
});
