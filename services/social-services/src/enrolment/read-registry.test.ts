import { createLogger } from '@tavolo/subgraph-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  databaseStartMs,
  type FixtureDatabase,
  startFixtureDatabase,
} from '../fixture-database.ts';
import { createOpaqueIds } from '../opaque-id.ts';
import { createLegacyDatabase, type LegacyDatabase } from '../store/legacy-database.ts';
import { readHouseholds, readPeople } from './read-registry.ts';

const ids = createOpaqueIds('an invented secret of the social services, long enough');

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

describe('what is enrolled', () => {
  let fixture: FixtureDatabase;
  let database: LegacyDatabase;
  beforeAll(async () => {
    fixture = await startFixtureDatabase();
    database = createLegacyDatabase({
      databaseUrl: fixture.url,
      poolMax: 1,
      statementTimeoutMs: 10_000,
      logger: createLogger({ name: 'test', level: 'silent' }),
      now: () => new Date(),
    });
  }, databaseStartMs);
  afterAll(async () => {
    await database.close();
    await fixture.close();
  });

  it('is everybody in force, with the identifiers in force and their validity', async () => {
    expect(await collect(readPeople(database, ids))).toEqual([
      {
        sectorKey: ids.encode('person', 'U1'),
        identifiers: [
          { kind: 'CODICE_FISCALE', value: 'NVNMNA90D41Z330X', validFrom: '2024-02-01' },
          { kind: 'CUI', value: '0TVL0000001' },
          { kind: 'PERMIT', value: 'I99000001', validFrom: '2024-03-01', validTo: '2026-03-01' },
        ],
      },
      {
        // The STP whose validity cannot be read and a card of no known kind are left out.
        sectorKey: ids.encode('person', 'U2'),
        identifiers: [
          {
            kind: 'CODICE_FISCALE_PROVISIONAL',
            value: '99900010011',
            validFrom: '2024-01-05',
            validTo: '2024-06-30',
          },
        ],
      },
      {
        sectorKey: ids.encode('person', 'U3'),
        identifiers: [{ kind: 'CODICE_FISCALE', value: 'NVNCHD95A41Z335X' }],
      },
      { sectorKey: ids.encode('person', 'U5'), identifiers: [] },
    ]);
  });

  it('is every household in force, with both codes and its present members in force', async () => {
    expect(await collect(readHouseholds(database, ids))).toEqual([
      {
        sectorKey: ids.encode('household', 'N1'),
        codes: ['social-services:NF-1', 'reception-centres:NR-1'],
        memberSectorKeys: [ids.encode('person', 'U1'), ids.encode('person', 'U5')],
      },
      {
        sectorKey: ids.encode('household', 'N2'),
        codes: ['social-services:NF-2'],
        memberSectorKeys: [ids.encode('person', 'U2')],
      },
    ]);
  });

  it('has keys of the length that the enrolment takes', async () => {
    for await (const { sectorKey } of readPeople(database, ids)) {
      expect(sectorKey).toMatch(/^[\w-]{43}$/);
    }
  });

  it('reads a registry of many pages to its end, each person once', async () => {
    await fixture.administer(
      `insert into anagrafe.anagrafica_utente (id_utente) select 'V' || n from generate_series(1, 1200) n`,
    );
    const keys = (await collect(readPeople(database, ids))).map(({ sectorKey }) => sectorKey);
    expect(new Set(keys).size).toBe(1204);
    expect(keys).toHaveLength(1204);
  });
});
