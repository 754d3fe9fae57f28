import { createLogger } from '@tavolo/process-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  databaseStartMs,
  type FixtureDatabase,
  startFixtureDatabase,
} from '../fixture-database.ts';
import { createOpaqueIds } from '../opaque-id.ts';
import { readSocialServices } from '../social-service.ts';
import { createLegacyDatabase, type LegacyDatabase } from '../store/legacy-database.ts';
import { readHouseholds, readPeople } from './read-registry.ts';

const today = '2026-11-22';
const services = readSocialServices();
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
    expect(await collect(readPeople(database, ids, services, () => today))).toEqual([
      {
        sectorKey: ids.encode('person', 'U1'),
        identifiers: [
          { kind: 'CODICE_FISCALE', value: 'NVNMNA90D41Z330X', validFrom: '2024-02-01' },
          { kind: 'CUI', value: '0TVL0000001' },
          { kind: 'PERMIT', value: 'I99000001', validFrom: '2024-03-01', validTo: '2026-03-01' },
        ],
        attributes: {
          name: 'Amina Inventata',
          birthDate: '1990-04-01',
          sex: 'F',
          citizenship: 'MA',
        },
        // The desk contact before the case.
        knownSince: '2024-01-08',
        sharing: 'ALLOWED',
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
        attributes: {
          name: 'Bakary Inventato',
          birthDate: '1988-01-01',
          sex: 'M',
          citizenship: 'ML',
        },
        // Neither the 31 February nor the bare year of two of the cases.
        knownSince: '2024-01-30',
        sharing: 'EXCLUDED',
      },
      {
        // Year 0195, sex X and a citizenship of three letters cost themselves, not the person.
        sectorKey: ids.encode('person', 'U3'),
        identifiers: [{ kind: 'CODICE_FISCALE', value: 'NVNCHD95A41Z335X' }],
        attributes: { name: 'Inventata', birthDate: null, sex: null, citizenship: null },
        knownSince: '2024-05-01',
        isRestricted: true,
      },
      {
        // Asked, and the answer is no word we know: taken for a no.
        sectorKey: ids.encode('person', 'U5'),
        identifiers: [],
        attributes: { name: null, birthDate: null, sex: null, citizenship: null },
        knownSince: '2024-02-20',
        sharing: 'EXCLUDED',
      },
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
    for await (const { sectorKey } of readPeople(database, ids, services, () => today)) {
      expect(sectorKey).toMatch(/^[\w-]{43}$/);
    }
  });

  it('says since when nobody follows a person: the last closing day over all services, if no case is open', async () => {
    const closedOnOf = async (id: string) => {
      const people = await collect(readPeople(database, ids, services, () => today));
      return people.find(({ sectorKey }) => sectorKey === ids.encode('person', id))?.closedOn;
    };
    await fixture.administer(
      `insert into anagrafe.anagrafica_utente (id_utente) values ('W1');
       insert into ss_parma.fascicolo (id_fascicolo, id_utente) values (901, 'W1');
       insert into ss_fidenza.fascicolo (id_fascicolo, id_utente, flag_annullato) values (902, 'W1', 'N'), (903, 'W1', 'S');
       insert into ss_parma.movimento_fascicolo (id_movimento, id_fascicolo, tipo_movimento, data_movimento)
         values (901, 901, 'CHIUSURA', '2024-03-01')`,
    );
    // The case in Fidenza has no movement yet: open. The cancelled one never counts.
    expect(await closedOnOf('W1')).toBeUndefined();
    await fixture.administer(
      `insert into ss_fidenza.movimento_fascicolo (id_movimento, id_fascicolo, tipo_movimento, data_movimento)
         values (902, 902, 'CHIUSURA', '5/4/2025')`,
    );
    expect(await closedOnOf('W1')).toBe('2025-04-05');
    await fixture.administer(
      `update ss_fidenza.movimento_fascicolo set data_movimento = '31/02/2025' where id_movimento = 902`,
    );
    expect(await closedOnOf('W1')).toBeUndefined();
  });

  it('says since when a person is known: the first opening or desk contact in force over all services', async () => {
    const knownSinceOf = async (id: string) => {
      const people = await collect(readPeople(database, ids, services, () => today));
      return people.find(({ sectorKey }) => sectorKey === ids.encode('person', id))?.knownSince;
    };
    await fixture.administer(
      `insert into anagrafe.anagrafica_utente (id_utente) values ('X1');
       insert into ss_parma.fascicolo (id_fascicolo, id_utente, data_apertura, cancellato_il)
         values (911, 'X1', '2023-01-01', '2023-01-02 10:00');
       insert into ss_appennino.accesso_sportello (id_accesso, id_utente, data_accesso, flag_annullato)
         values (911, 'X1', '2023-02-01', 'S');
       insert into ss_appennino.fascicolo (id_fascicolo, id_utente, data_apertura) values (911, 'X1', null)`,
    );
    // Both cancelled, and a case without a day.
    expect(await knownSinceOf('X1')).toBeUndefined();
    await fixture.administer(
      `insert into ss_fidenza.fascicolo (id_fascicolo, id_utente, data_apertura) values (911, 'X1', '5/4/2025')`,
    );
    expect(await knownSinceOf('X1')).toBe('2025-04-05');
    await fixture.administer(
      `insert into ss_parma.accesso_sportello (id_accesso, id_utente, data_accesso)
         values (911, 'X1', '2025-04-04'), (912, 'X1', '2025-06-01')`,
    );
    expect(await knownSinceOf('X1')).toBe('2025-04-04');
  });

  it('reads a registry of many pages to its end, each person once', async () => {
    await fixture.administer(
      `insert into anagrafe.anagrafica_utente (id_utente) select 'V' || n from generate_series(1, 1200) n`,
    );
    const keys = (await collect(readPeople(database, ids, services, () => today))).map(
      ({ sectorKey }) => sectorKey,
    );
    expect(new Set(keys).size).toBe(1206);
    expect(keys).toHaveLength(1206);
  });
});
