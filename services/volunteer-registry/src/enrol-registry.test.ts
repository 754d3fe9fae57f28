import { deriveSectorKey } from '@tavolo/linkage';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { householdsToEnrol, peopleToEnrol } from './enrol-registry.ts';
import { fiscal, registers, secret, startRegistry } from './registry.fixtures.ts';
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

it('enrols asylum seekers who volunteer with their name and codice fiscale, and no tutor', async () => {
  const people = await all(peopleToEnrol(store));
  expect(people).toEqual([
    {
      sectorKey: deriveSectorKey(secret, 'person', 'PU000001'),
      identifiers: [{ kind: 'CODICE_FISCALE', value: fiscal.seeker }],
      attributes: { name: 'Inventato Mamadou', birthDate: null, sex: null, citizenship: null },
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

it('enrols the spelling of the newest work, whatever the order of rows, and nobody without a name less', async () => {
  const work = (personKey: string, from: string, name?: string | null): ActivityRow => ({
    id: `${personKey}/${from}`,
    organisationId: 'invented',
    personKey,
    ...(name === undefined ? {} : { name }),
    codiceFiscale: null,
    kind: 'OTHER',
    from,
    to: null,
    weeklyHours: null,
  });
  const rows = [
    work('one', '2025-01-01', 'Mamadu Inventato'),
    work('one', '2026-01-01', 'Mamadou Inventato'),
    work('one', '2026-05-01', null),
    work('kept before names were', '2024-01-01'),
  ];
  const namesOf = async (given: readonly ActivityRow[]) => {
    async function* allActivities() {
      yield* given;
    }
    const people = await all(peopleToEnrol({ ...store, allActivities }));
    return new Map(people.map(({ sectorKey, attributes }) => [sectorKey, attributes?.name]));
  };
  const names = new Map([
    ['one', 'Mamadou Inventato'],
    ['kept before names were', null],
  ]);
  expect(await namesOf(rows)).toEqual(names);
  expect(await namesOf(rows.toReversed())).toEqual(names);
});
