import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
      evidence: {
        identifiers: { CUI: 3, CODICE_FISCALE: 1 },
        skeletonKeys: { NAME_DATE_CITIZENSHIP: 1, NAME_DATE: 1 },
        filters: 1,
        none: 1,
      },
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
});

const twoRegisters = {
  'people.csv': `${header}
U1,Amina Inventata,1990-04-01,F,MA,0TVL0000001,
U2,Bakary Inventato,1988-07-12,M,ML,,
U3,Mamadou Inventato,1995-02-27,M,GN,,
U4,Ousmane Solitario,1979-11-30,M,SN,,
U5,Fatou Contesa,1991-05-06,F,GM,0TVL0000005,
`,
  'others.csv': `${header}
A,Aminah Inventata,1990-04-01,F,MA,0tvl-0000001,
B,Inventato Bakari,1988-07-12,M,ML,,
C,Mamadou Inventato,1995-02-27,M,GN,,
D,Mamadu Inventato,1995-02-27,M,GN,,
E,Contesa Fatou,1991-05-06,F,GM,0TVL0000006,
F,Nobody Else,2001-01-13,F,UA,,
`,
};
const score = {
  people: 6,
  thresholds: { link: 0.9, review: 0.05 },
  linked: {
    people: 2,
    byStage: { IDENTIFIER: { CUI: 1 }, SKELETON: { NAME_DATE_CITIZENSHIP: 1 } },
    confidence: { 'from 0.999': 2 },
  },
  toReview: { people: 1, confidence: { 'from 0.05': 1 } },
  reviewQueue: { pairs: 2, byReason: { UNSURE: 2 } },
  ambiguous: 1,
  alone: 2,
};

describe('link check --against', () => {
  it('says how many would be linked and by what, looked at, ambiguous and alone, in clear or encoded alike', async () => {
    const folder = folderWith(twoRegisters);
    const [people, others, encoded] = ['people.csv', 'others.csv', 'encoded'].map((name) =>
      join(folder, name),
    ) as [string, string, string]; // three names, three paths
    const check = ['link', 'check', people, '--json', '--against'];
    const scoreOf = (printed: string) => (JSON.parse(printed) as { against: unknown }).against;
    expect(scoreOf((await run([...check, others], {})).printed)).toEqual({ ...score, refused: {} });
    await run(['link', 'encode', others, '--out', encoded]);
    expect(scoreOf((await run([...check, encoded])).printed)).toEqual(score);
  });

  it('refuses what was encoded with another key, or with the same id and another key, and says which it is', async () => {
    const folder = folderWith({ 'people.csv': ours });
    const [people, encoded] = [join(folder, 'people.csv'), join(folder, 'encoded.ndjson')];
    await run(['link', 'encode', people, '--out', encoded]);
    const check = ['link', 'check', people, '--against', encoded];
    const noKey = await run(check, {});
    expect(noKey).toMatchObject({ exitCode: 2, printed: '' });
    expect(noKey.said).toContain('give the linkage key it was encoded with');
    const otherId = await run(check, { ...testKeys, TAVOLO_LINKAGE_KEY_ID: 'another' });
    expect(otherId).toMatchObject({ exitCode: 1, printed: '' });
    expect(otherId.said).toContain('were encoded with different keys: the id');
    const hex = testKeys.TAVOLO_LINKAGE_KEY;
    const mistyped = `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}`;
    const otherKey = await run(check, { ...testKeys, TAVOLO_LINKAGE_KEY: mistyped });
    expect(otherKey).toMatchObject({ exitCode: 1, printed: '' });
    expect(otherKey.said).toContain('was mistyped');
  });

  it('refuses an encoded file with a line that is none, of another key, or there twice', async () => {
    const folder = folderWith({ 'people.csv': ours });
    const [people, encoded] = [join(folder, 'people.csv'), join(folder, 'encoded')];
    await run(['link', 'encode', people, '--out', encoded]);
    const [keyLine = '', record = ''] = readFileSync(encoded, 'utf8').split('\n');
    for (const [line, complaint] of [
      [record.replace('"identifiers"', '"name":"Amina","identifiers"'), 'is not an encoded record'],
      [record.replace('"keyId":"test"', '"keyId":"other"'), 'was encoded with another key'],
      [record, 'repeats an earlier record'],
      [keyLine, 'is not an encoded record'],
    ] as const) {
      writeFileSync(encoded, [keyLine, record, line].join('\n'));
      expect(await run(['link', 'check', people, '--against', encoded])).toEqual({
        exitCode: 1,
        printed: '',
        said: expect.stringMatching(new RegExp(`^tavolo: line 3 of .* ${complaint}`)) as string,
      });
    }
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
