import { deriveSectorKey } from '@tavolo/linkage';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { householdsToEnrol, peopleToEnrol } from './enrol-registry.ts';
import { fiscal, registers, secret, startRegistry } from './registry.fixtures.ts';
import { openMongooseRegistryStore } from './store/mongoose-registry-store.ts';
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

it('enrols asylum seekers who volunteer with their codice fiscale, and no tutor', async () => {
  const people = await all(peopleToEnrol(store));
  expect(people).toEqual([
    {
      sectorKey: deriveSectorKey(secret, 'person', 'PU000001'),
      identifiers: [{ kind: 'CODICE_FISCALE', value: fiscal.seeker }],
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
