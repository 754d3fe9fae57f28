import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseStartMs, type FixtureDatabase, startFixtureDatabase } from './fixture-database.ts';
import { type StartedMain, startMain } from './start-main.fixture.ts';

/** Looks like an identifier, a name and a note at once; a short column holds its beginning. */
const canary = 'QZXWVK80A01H501U';
/** Shorter beginnings could be found by chance. */
const leastSeen = 4;

describe('identifiers planted in every column of the source', () => {
  let fixture: FixtureDatabase;
  let main: StartedMain;
  beforeAll(async () => {
    fixture = await startFixtureDatabase();
    // Nobody listens: enrolment fails and says so, again and again.
    main = await startMain(fixture.url, 'http://127.0.0.1:9');
  }, databaseStartMs);
  afterAll(async () => {
    await main.close();
    await fixture.close();
  });

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
      expect(await main.askForEverything()).not.toContain('"errors"');
      for (const round of roundsOf(columns)) {
        const places = round.map(({ table, column }) => `${table}.${column}`).join(', ');
        await fixture.administer(round.map(plant).join(';'));
        const answer = await main.askForEverything();
        expect(answer, places).not.toContain(canary.slice(0, leastSeen));
        await fixture.administer(
          [...new Set(round.map(({ table }) => table))].map(restore).join(';'),
        );
      }
      expect(main.logLines.join('\n')).not.toContain(canary.slice(0, leastSeen));
      expect(main.logLines.length).toBeGreaterThan(3);
    },
    databaseStartMs,
  );

  it('appear in no error when the database refuses a read over them', async () => {
    await fixture.administer(
      `update ss_parma.fascicolo set note = '${canary}';
       alter table ss_parma.intervento rename column importo to importo_${canary.toLowerCase()}`,
    );
    const answer = await main.askForEverything();
    expect(answer).toContain('INTERNAL_SERVER_ERROR');
    expect((answer + main.logLines.join('\n')).toUpperCase()).not.toContain(
      canary.slice(0, leastSeen),
    );
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
