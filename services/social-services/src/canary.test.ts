import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseStartMs, type FixtureDatabase, startFixtureDatabase } from './fixture-database.ts';
import { createOpaqueIds } from './opaque-id.ts';

const sectorKeySecret = 'an invented secret of the social services, long enough';
const ids = createOpaqueIds(sectorKeySecret);

/** Looks like an identifier, a name and a note at once; a short column holds its beginning. */
const canary = 'QZXWVK80A01H501U';
/** Shorter beginnings could be found by chance. */
const leastSeen = 4;

const everything = `
  fragment Everything on SocialCase {
    id openedAt closedAt status municipality { istatCode name } areaOfNeed accessChannel caseManagerRole
    reopenings { closedAt reopenedAt }
    plan { id startedAt reviewDue referencePersonPresent areas { area localCode objective horizonMonths state }
      team { role from } meetings { at level roles } }
    assessments { id at assessorRole areas { area localCode score } vulnerabilityFactors }
    interventions { id istatItem area localCode plannedAt deliveredAt amountBand provider }
    referrals { id from to at reason acceptedAt outcome }
    person { socialServicesKey deskContacts { id } } household { socialServicesHouseholdKey socialCases { id } }
  }
  query Everything($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on Person { socialCases { ...Everything } deskContacts { id desk at language channel } }
      ... on Household { cases: socialCases { ...Everything } }
    }
    socialCases(first: 100) { nodes { ...Everything } pageInfo { endCursor } }
    deskContacts(first: 100) { nodes { id desk at language outcome demandType } }
    areaCodeMapping { socialService localCode area rows }
    socialServicesQuality { tables { socialService table unreadable } }
    socialServicesRejections { nodes { source field reason } }
  }`;
const variables = {
  representations: [
    { __typename: 'Person', socialServicesKey: ids.encode('person', 'U1') },
    { __typename: 'Household', socialServicesHouseholdKey: ids.encode('household', 'N1') },
  ],
};

describe('identifiers planted in every column of the source', () => {
  let fixture: FixtureDatabase;
  let main: ChildProcess;
  let url = '';
  const logLines: string[] = [];

  beforeAll(async () => {
    fixture = await startFixtureDatabase();
    main = spawn(process.execPath, ['--import', 'tsx', 'main.ts'], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: '/usr/bin:/bin',
        PORT: '0',
        LOG_LEVEL: 'trace',
        DATABASE_URL: fixture.url,
        SCAN_INTERVAL_MS: '1000',
        SECTOR_KEY_SECRET: sectorKeySecret,
        LINKAGE_KEY: '6d1f0e9a7b3c52844fd0a1b6c98e3571f2ad0c4b8e97635d1a20fbc4d8e6975c',
        LINKAGE_KEY_ID: 'test',
        // Nobody listens: enrolment fails and says so, again and again.
        PERSON_INDEX_URL: 'http://127.0.0.1:9',
        PERSON_INDEX_TOKEN: 'invented',
      },
    });
    const { stdout, stderr } = main;
    if (stdout === null || stderr === null) throw new Error('the process has no output');
    stderr.on('data', (chunk: Buffer) => logLines.push(chunk.toString('utf8')));
    const lines = createInterface({ input: stdout });
    url = await new Promise<string>((resolve, reject) => {
      lines.on('line', (line) => {
        logLines.push(line);
        const address = /"url":"(http:[^"]+)"/.exec(line)?.[1];
        if (address !== undefined) resolve(address);
      });
      main.once('exit', () => reject(new Error(`the service ended: ${logLines.join('\n')}`)));
    });
  }, databaseStartMs);
  afterAll(async () => {
    const ended = once(main, 'exit');
    main.kill('SIGTERM');
    await ended;
    await fixture.close();
  });

  const askForEverything = async (): Promise<string> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: everything, variables }),
    });
    return response.text();
  };

  it(
    'appear in no answer and in no log line',
    async () => {
      const columns = await fixture.look(
        `select table_schema, table_name, column_name, character_maximum_length as longest
         from information_schema.columns
         where (table_schema = 'anagrafe' or table_schema like 'ss\\_%') and data_type in ('text', 'character varying')
         order by 1, 2, 3`,
      );
      expect(columns.length).toBeGreaterThan(100);
      await fixture.administer(
        [...new Set(columns.map(tableName))]
          .map((table) => `create table public.${keptName(table)} as select * from ${table}`)
          .join(';'),
      );
      expect(await askForEverything()).not.toContain('"errors"');
      for (const round of roundsOf(columns)) {
        const places = round.map(({ table, column }) => `${table}.${column}`).join(', ');
        await fixture.administer(round.map(plant).join(';'));
        const answer = await askForEverything();
        expect(answer, places).not.toContain(canary.slice(0, leastSeen));
        await fixture.administer(
          [...new Set(round.map(({ table }) => table))].map(restore).join(';'),
        );
      }
      expect(logLines.join('\n')).not.toContain(canary.slice(0, leastSeen));
      expect(logLines.length).toBeGreaterThan(3);
    },
    databaseStartMs,
  );

  it('appear in no error when the database refuses a read over them', async () => {
    await fixture.administer(
      `update ss_parma.fascicolo set note = '${canary}';
       alter table ss_parma.intervento rename column importo to importo_${canary.toLowerCase()}`,
    );
    const answer = await askForEverything();
    expect(answer).toContain('INTERNAL_SERVER_ERROR');
    expect((answer + logLines.join('\n')).toUpperCase()).not.toContain(canary.slice(0, leastSeen));
  });
});

interface Place {
  readonly table: string;
  readonly column: string;
  readonly length: number;
}

/** A wrong value in one of these hides its row, and with it what is planted below: one at a time. */
const hiding = /^(id_|comune$|data_|ora_|dal$|importo$|punteggio$|livello$|orizzonte_)/;

/** All harmless columns together; the others one of each schema at a time. */
function roundsOf(columns: readonly Readonly<Record<string, unknown>>[]): Place[][] {
  const together: Place[] = [];
  const bySchema = new Map<string, Place[]>();
  for (const row of columns) {
    const place = {
      table: tableName(row),
      column: String(row['column_name']),
      length: Number(row['longest'] ?? canary.length),
    };
    const schema = String(row['table_schema']);
    if (!hiding.test(place.column)) together.push(place);
    else bySchema.set(schema, [...(bySchema.get(schema) ?? []), place]);
  }
  const most = Math.max(...[...bySchema.values()].map((places) => places.length));
  const oneByOne = Array.from({ length: most }, (_, round) =>
    [...bySchema.values()].flatMap((places) => places[round] ?? []),
  );
  return [together, ...oneByOne];
}

function tableName(row: Readonly<Record<string, unknown>>): string {
  return `${String(row['table_schema'])}.${String(row['table_name'])}`;
}

function keptName(table: string): string {
  return table.replace('.', '__');
}

function plant({ table, column, length }: Place): string {
  return `update ${table} set ${column} = '${canary.slice(0, length)}'
    where ctid = (select min(ctid) from ${table})`;
}

function restore(table: string): string {
  return `truncate ${table}; insert into ${table} select * from public.${keptName(table)}`;
}
