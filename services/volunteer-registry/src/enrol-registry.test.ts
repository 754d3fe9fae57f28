import { deriveSectorKey, type PersonToEnrol } from '@tavolo/linkage';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { householdsToEnrol, peopleToEnrol } from './enrol-registry.ts';
import { fiscal, registers, secret, startRegistry, today } from './registry.fixtures.ts';
import { openMongooseRegistryStore } from './store/mongoose-registry-store.ts';
import type { ActivityRow } from './store/registry-records.ts';
import type { RegistryStore } from './store/registry-store.ts';

let store: RegistryStore;

beforeAll(async () => {
  const registry = await startRegistry();
  await registry.drop(registers);
  await registry.close();
  store = await openMongooseRegistryStore({
    mongodbUri: undefined,
    dataDirectory: registry.folder,
  });
});
afterAll(() => store.close());

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

it('enrols asylum seekers who volunteer with name, birth date and codice fiscale, and no tutor', async () => {
  const people = await all(peopleToEnrol(store, today));
  expect(people).toEqual([
    {
      sectorKey: deriveSectorKey(secret, 'person', 'PU000001'),
      identifiers: [{ kind: 'CODICE_FISCALE', value: fiscal.seeker }],
      attributes: {
        name: 'Inventato Mamadou',
        birthDate: '1998-03-09',
        sex: null,
        citizenship: null,
      },
      knownSince: '2026-02-01',
    },
  ]);
});

it('enrols households under the code of the institution it was copied from, without members', async () => {
  const households = await all(householdsToEnrol(store));
  expect(households.map(({ codes }) => codes).sort()).toEqual([
    ['reception-centres:NR000001'],
    ['reception-centres:NR000003'],
    ['social-services:NF000002'],
  ]);
  expect(households.every(({ memberSectorKeys }) => memberSectorKeys.length === 0)).toBe(true);
});

const work = (
  personKey: string,
  from: string,
  said: Pick<ActivityRow, 'name' | 'birthDate'> = {},
): ActivityRow => ({
  id: `${personKey}/${from}`,
  organisationId: 'invented',
  personKey,
  ...said,
  codiceFiscale: null,
  kind: 'OTHER',
  from,
  to: null,
  weeklyHours: null,
});
async function enrolledFrom(rows: readonly ActivityRow[]): Promise<PersonToEnrol[]> {
  async function* allActivities() {
    yield* rows;
  }
  return all(peopleToEnrol({ ...store, allActivities }, today));
}

it('enrols the name and the birth date of the newest work that has one, whatever the order of rows', async () => {
  const rows = [
    work('one', '2025-01-01', { name: 'Mamadu Inventato', birthDate: '1998-09-03' }),
    work('one', '2025-06-01', { name: 'Mamadu Inventato', birthDate: '1998-03-09' }),
    work('one', '2026-01-01', { name: 'Mamadou Inventato' }),
    work('one', '2026-05-01', { name: null, birthDate: null }),
    work('kept before names were', '2024-01-01', {}),
  ];
  const attributesOf = async (given: readonly ActivityRow[]) => {
    return (await enrolledFrom(given))
      .map(({ sectorKey, attributes }) => [...[sectorKey, attributes?.name, attributes?.birthDate]])
      .sort();
  };
  const attributes = [
    ['kept before names were', null, null],
    ['one', 'Mamadou Inventato', '1998-03-09'],
  ];
  expect(await attributesOf(rows)).toEqual(attributes);
  expect(await attributesOf(rows.toReversed())).toEqual(attributes);
});

it('says since when a person is known: the first day of work, unless all of it is still to come', async () => {
  const rows = [
    work('one', '2026-05-01'),
    work('one', '2025-01-01'),
    work('one', '2026-12-01'),
    work('begins today', today),
    work('planned', '2026-11-23'),
  ];
  const since = async (given: readonly ActivityRow[]) =>
    (await enrolledFrom(given)).map(({ sectorKey, knownSince }) => [sectorKey, knownSince]).sort();
  const known = [
    ['begins today', today],
    ['one', '2025-01-01'],
    ['planned', undefined],
  ];
  expect(await since(rows)).toEqual(known);
  expect(await since(rows.toReversed())).toEqual(known);
});
