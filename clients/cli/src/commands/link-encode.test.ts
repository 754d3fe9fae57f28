import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveSectorKey } from '@tavolo/linkage';
import { describe, expect, it } from 'vitest';
import { folderWith, run, testKeys } from '../run-in-folder.fixture.ts';

const people = `local_id,name,cui,household_code
U1,Amina Inventata,0TVL0000001,NF-1
U2,Bakary Inventato,0TVL0000002,NF-1
`;

interface Line {
  readonly subject: string;
  readonly record: { readonly sectorKey: string; readonly memberSectorKeys?: readonly string[] };
}
const linesOf = (path: string): Line[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    // The first says which key.
    .slice(1)
    .map((line) => JSON.parse(line) as Line);
const keyOf = (label: string, id: string) =>
  deriveSectorKey(testKeys.TAVOLO_SECTOR_KEY_SECRET, label, id);

describe('link encode', () => {
  it('writes a record a person and a household, that only the owner can read, with nothing in clear', async () => {
    const folder = folderWith({ 'people.csv': people });
    const out = join(folder, 'out.ndjson');
    const issuer = ['--issuer', 'social-services'];
    const outcome = await run([
      ...['link', 'encode', join(folder, 'people.csv'), '--out', out, '--json', ...issuer],
    ]);
    expect(outcome.exitCode).toBe(0);
    expect(JSON.parse(outcome.printed)).toMatchObject({ people: 2, households: 1, refused: {} });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const [one, two, household] = linesOf(out);
    expect([one, two].map((line) => line?.record.sectorKey)).toEqual([
      keyOf('person', 'U1'),
      keyOf('person', 'U2'),
    ]);
    expect(household).toMatchObject({
      subject: 'households',
      record: { sectorKey: keyOf('household', 'social-services:NF-1') },
    });
    expect(household?.record.memberSectorKeys).toHaveLength(2);
    expect(readFileSync(out, 'utf8')).not.toMatch(/Amina|Inventat|0TVL|NF-1|"U1"/);
  });

  it('writes the same bytes for the same people, whatever the form of the input', async () => {
    const folder = folderWith({
      'people.csv': people,
      'people.ndjson': `{"local_id":"U1","name":"Amina Inventata","cui":"0TVL0000001","household_code":"reception-centres:NR1"}\n`,
      'renamed.csv': `Codice;Nominativo;CUI;Nucleo\nU1;Amina Inventata;0TVL0000001;reception-centres:NR1\n`,
      'columns.json': `{"local_id":"Codice","name":"Nominativo","cui":"CUI","household_code":"Nucleo"}`,
    });
    const encode = async (name: string, ...more: string[]) => {
      const out = join(folder, `${name}.out`);
      await run(['link', 'encode', join(folder, name), '--out', out, ...more]);
      return readFileSync(out, 'utf8');
    };
    const renamed = ['--columns', join(folder, 'columns.json'), '--delimiter', ';'];
    expect(await encode('renamed.csv', ...renamed)).toBe(await encode('people.ndjson'));
  });

  it('says first which key encoded the records, and nothing that would help to find it', async () => {
    const folder = folderWith({ 'people.csv': people });
    const out = join(folder, 'out');
    const outcome = await run([
      'link',
      'encode',
      join(folder, 'people.csv'),
      '--out',
      out,
      '--json',
    ]);
    const [first = ''] = readFileSync(out, 'utf8').split('\n');
    const { key } = JSON.parse(first) as { key: unknown };
    expect(key).toEqual({ id: 'test', check: expect.stringMatching(/^[0-9a-f]{8}$/) as string });
    expect(JSON.parse(outcome.printed)).toMatchObject({ key });
  });

  it('encodes everybody it can, and ends with 1 when a row was refused', async () => {
    const folder = folderWith({ 'people.csv': `${people}U1,Somebody Else,,\n,Nobody,,\n` });
    const out = join(folder, 'out.ndjson');
    const outcome = await run([
      'link',
      'encode',
      join(folder, 'people.csv'),
      '--out',
      out,
      '--json',
    ]);
    expect(outcome.exitCode).toBe(1);
    expect(JSON.parse(outcome.printed)).toMatchObject({
      people: 2,
      refused: {
        'same local_id as an earlier row': { count: 1, rows: [4] },
        'no usable local_id': { count: 1, rows: [5] },
      },
    });
    expect(linesOf(out)).toHaveLength(2);
  });

  it('leaves what was there, and nothing beside it, when the input cannot be read to its end', async () => {
    const folder = folderWith({
      'people.csv': `${people}"${'x'.repeat(70_000)}`,
      'out.ndjson': 'old',
    });
    const out = join(folder, 'out.ndjson');
    const outcome = await run(['link', 'encode', join(folder, 'people.csv'), '--out', out]);
    expect(outcome).toMatchObject({
      exitCode: 1,
      said: 'tavolo: the CSV cannot be read near line 4 (CSV_MAX_RECORD_SIZE)\n',
    });
    expect(readFileSync(out, 'utf8')).toBe('old');
    expect(readdirSync(folder).sort()).toEqual(['out.ndjson', 'people.csv']);
  });

  it('reads what spreadsheets write in Windows-1252, and says so when it was not told', async () => {
    const folder = folderWith({
      'people.csv': Buffer.from('local_id,name\nU1,Nicolò\n', 'latin1'),
    });
    const encode = ['link', 'encode', join(folder, 'people.csv'), '--out', join(folder, 'out')];
    expect(await run(encode)).toMatchObject({
      exitCode: 1,
      said: 'tavolo: the CSV is not UTF-8; is it --encoding latin1?\n',
    });
    expect((await run([...encode, '--encoding', 'latin1'])).exitCode).toBe(0);
  });
});

describe('the keys of link encode', () => {
  const encodeWith = async (
    env: Readonly<Record<string, string | undefined>>,
    ...more: string[]
  ) => {
    const folder = folderWith({ 'people.csv': people });
    const out = join(folder, 'out');
    const outcome = await run(
      ['link', 'encode', join(folder, 'people.csv'), '--out', out, ...more],
      env,
    );
    return { ...outcome, isWritten: existsSync(out) };
  };
  const { TAVOLO_LINKAGE_KEY: hex, TAVOLO_LINKAGE_KEY_ID: id, ...secretOnly } = testKeys;

  it('must be there and be keys, else the command was written wrongly', async () => {
    const wrong = [
      secretOnly,
      { ...testKeys, TAVOLO_LINKAGE_KEY_ID: undefined },
      { ...testKeys, TAVOLO_LINKAGE_KEY: '00'.repeat(32) },
      { ...testKeys, TAVOLO_SECTOR_KEY_SECRET: 'short' },
      { ...testKeys, TAVOLO_SECTOR_KEY_SECRET: testKeys.TAVOLO_LINKAGE_KEY.toUpperCase() },
    ];
    for (const env of wrong) {
      expect(await encodeWith(env)).toMatchObject({ exitCode: 2, isWritten: false });
    }
  });

  it('may come from a file, if nobody else can read it', async () => {
    const keyFile = join(folderWith({}), 'key');
    writeFileSync(keyFile, `${id}:${hex}\n`);
    chmodSync(keyFile, 0o640);
    const refused = await encodeWith(secretOnly, '--key-file', keyFile);
    expect(refused).toMatchObject({ exitCode: 1, isWritten: false });
    expect(refused.said).toContain('chmod 600');
    chmodSync(keyFile, 0o600);
    expect(await encodeWith(secretOnly, '--key-file', keyFile)).toMatchObject({
      exitCode: 0,
      isWritten: true,
    });
  });

  it('are never printed', async () => {
    const keyFile = join(folderWith({}), 'key');
    writeFileSync(keyFile, hex, { mode: 0o600 });
    const outcomes = [
      await encodeWith(testKeys),
      await encodeWith(secretOnly, '--key-file', keyFile),
      await encodeWith({ ...testKeys, TAVOLO_LINKAGE_KEY: `${hex}zz` }),
    ];
    for (const { printed, said } of outcomes) expect(printed + said).not.toContain(hex.slice(0, 8));
  });
});
