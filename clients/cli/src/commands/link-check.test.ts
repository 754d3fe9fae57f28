import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, run, testKeys } from '../run-in-folder.fixture.ts';

const header = 'local_id,name,birth_date,sex,citizenship,cui,codice_fiscale';
const ours = `${header}
U1,Amina Inventata,1990-04-01,F,MA,0TVL0000001,NVNMNA90D41Z330X
U2,Bakary Inventato,,M,,0TVL0000002,
U3,,31/02/1995,,,0TVL0000001,
U4,,,,,,
`;
const theirs = `${header}
A,,,,,0tvl-0000001,
B,,,,,0TVL0000009,NVNMNA90D41Z330X
`;

describe('link check', () => {
  it('says what is malformed, missing and shared, and what links would rest on; writes nothing', async () => {
    const folder = folderWith({ 'people.csv': ours });
    const outcome = await run(['link', 'check', join(folder, 'people.csv'), '--json'], {});
    expect(outcome).toMatchObject({ exitCode: 0, said: '' });
    expect(JSON.parse(outcome.printed)).toMatchObject({
      rows: 4,
      people: 4,
      refused: {},
      malformed: { birth_date: { count: 1, rows: [4] } },
      checkCharacterFailures: { codice_fiscale: { count: 1, rows: [2] } },
      sharedIdentifiers: { CUI: { count: 1, rows: [4] } },
      missing: { name: 2, birth_date: 3, sex: 2, citizenship: 3 },
      evidence: { identifiers: { CUI: 3, CODICE_FISCALE: 1 }, none: 1 },
      against: null,
    });
    expect(readdirSync(folder)).toEqual(['people.csv']);
  });

  it('names at most ten rows of a mistake, and counts them all', async () => {
    const rows = Array.from({ length: 25 }, (_, number) => `U${number},,yesterday,,,,\n`);
    const folder = folderWith({ 'people.csv': `${header}\n${rows.join('')}` });
    const { printed } = await run(['link', 'check', join(folder, 'people.csv')], {});
    expect(printed).toMatch(
      /malformed \/ birth_date +25 \(rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …\)/,
    );
  });

  it('says how many would match another system, in clear or encoded, by the strongest rule', async () => {
    const folder = folderWith({ 'people.csv': ours, 'others.csv': theirs });
    const [people, others, encoded] = ['people.csv', 'others.csv', 'others.ndjson'].map((name) =>
      join(folder, name),
    ) as [string, string, string]; // three names, three paths
    const expected = {
      people: 2,
      matchesByRule: { 'equal CUI': 2 },
      ambiguous: 1,
      unmatched: 2,
    };
    const check = ['link', 'check', people, '--json', '--against'];
    expect(JSON.parse((await run([...check, others], {})).printed)).toMatchObject({
      against: expected,
    });
    await run(['link', 'encode', others, '--out', encoded]);
    expect(JSON.parse((await run([...check, encoded])).printed)).toMatchObject({
      against: expected,
    });
  });

  it('refuses to compare with what was encoded with another key, or without the key', async () => {
    const folder = folderWith({ 'people.csv': ours });
    const [people, encoded] = [join(folder, 'people.csv'), join(folder, 'encoded.ndjson')];
    await run(['link', 'encode', people, '--out', encoded]);
    const check = ['link', 'check', people, '--against', encoded];
    expect((await run(check, {})).exitCode).toBe(2);
    const other = { ...testKeys, TAVOLO_LINKAGE_KEY_ID: 'another' };
    expect(await run(check, other)).toMatchObject({ exitCode: 1, printed: '' });
  });
});

describe('the command line', () => {
  it('ends with 2 when it is written wrongly, and with 0 when help was asked for', async () => {
    const people = join(folderWith({ 'people.csv': ours }), 'people.csv');
    for (const args of [
      ['link', 'encode', people],
      ['link', 'check'],
      ['link', 'check', people, '--delimiter', 'semicolon'],
      ['link', 'check', people, '--encoding', 'ebcdic'],
      ['link', 'check', people, '--issuer', 'Il Comune'],
      ['link', 'check', people, '--columns', people],
      ['link', 'encode', people, '--out', people],
      ['link', 'send', people],
    ]) {
      expect((await run(args)).exitCode, args.join(' ')).toBe(2);
    }
    expect((await run(['link', 'check', '--help'])).exitCode).toBe(0);
  });

  it('ends with 1, naming the column and none of the header’s words, when there is no local id', async () => {
    const people = join(folderWith({ 'people.csv': 'U1,Amina Inventata\n' }), 'people.csv');
    expect(await run(['link', 'check', people])).toMatchObject({
      exitCode: 1,
      said: 'tavolo: the CSV has no column for local_id; see --columns and --delimiter\n',
    });
  });
});
