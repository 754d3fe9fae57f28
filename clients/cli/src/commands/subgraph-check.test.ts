import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  passedReport,
  projectJson,
  refusedReport,
  type StubRegistry,
  startStubRegistry,
} from '../registry.fixture.ts';
import { folderWith } from '../run-in-folder.fixture.ts';

let registry: StubRegistry;
let folder: string;

beforeAll(async () => {
  registry = await startStubRegistry();
});
afterAll(async () => registry.close());
beforeEach(() => {
  registry.answers.clear();
  registry.asked.length = 0;
  folder = folderWith({
    'tavolo.json': projectJson,
    'schema.graphql': 'type Query { courses: [ID] }\n',
  });
});

const check = (...args: string[]) => registry.tavolo(['subgraph', 'check', ...args], folder);

describe('tavolo subgraph check', () => {
  it('sends what the folder’s tavolo.json says, with the token of the login, and passes with 0', async () => {
    registry.answers.set('POST /checks', { json: passedReport });
    const { exitCode, printed, said } = await check();
    expect({ exitCode, said }).toEqual({ exitCode: 0, said: '' });
    expect(printed).toBe('PASSED: 0 errors, 0 warnings, 0 notes; 1.2 s.\n');
    expect(registry.asked).toEqual([
      {
        method: 'POST',
        path: '/checks',
        authorization: 'Bearer an-invented-token',
        ifMatch: undefined,
        body: {
          subgraphs: [
            {
              name: 'employment-centre',
              url: 'https://centre.example.org/graphql',
              files: [{ path: 'schema.graphql', text: 'type Query { courses: [ID] }\n' }],
            },
          ],
        },
      },
    ]);
  });

  it('tells a refusal by file, with the other side, what to do, and whom the changes concern', async () => {
    registry.answers.set('POST /checks', { json: refusedReport });
    const { exitCode, printed } = await check('--lang', 'en');
    expect(exitCode).toBe(1);
    expect(printed).toBe(
      [
        'schema.graphql',
        '',
        '  schema.graphql:3:5  ERROR BORDER_NOT_NULLABLE  Person.enrolments',
        '    A border is not nullable.',
        '    Other side: person-index (person-index) person-index.graphql:10:1',
        '    What to do: Take the ! off.',
        '',
        'The schema as a whole',
        '',
        '  WARNING DESCRIPTION_MISSING',
        '    Nothing says what it is.',
        '    What to do: Describe it.',
        '',
        'Changes to the graph',
        '',
        '  BREAKING FIELD_REMOVED  Stay.bedsFree  Stay.bedsFree was removed.',
        '    asked by provincial-table: 12 times, last on 2026-11-20 (FreePlaces)',
        '',
        'REFUSED: 1 errors, 1 warnings, 0 notes; 1.2 s. tavolo explain CODE tells more of each.',
        '',
      ].join('\n'),
    );
  });

  it('tells it in Italian to who works in Italian', async () => {
    registry.answers.set('POST /checks', { json: refusedReport });
    const { printed } = await check('--lang', 'it');
    expect(printed).toContain('    Un confine non è annullabile.\n');
    expect(printed).toContain('    Che cosa fare: Togliere il !.\n');
  });

  it('gives programs the whole report and nothing else', async () => {
    registry.answers.set('POST /checks', { json: refusedReport });
    for (const option of [['--json'], ['--format', 'json']]) {
      const { exitCode, printed, said } = await check(...option);
      expect({ exitCode, said }).toEqual({ exitCode: 1, said: '' });
      expect(JSON.parse(printed)).toEqual(refusedReport);
    }
  });

  it('writes what GitHub shows beside the lines, and lets no text begin a command of its own', async () => {
    const [first] = refusedReport.findings;
    const hostile = { ...first, cause: { en: 'a\n::set-output name=x::y', it: 'a' } };
    registry.answers.set('POST /checks', { json: { ...refusedReport, findings: [hostile] } });
    const { printed } = await check('--format', 'github', '--lang', 'en');
    expect(printed).toBe(
      [
        '::error file=schema.graphql,line=3,col=5,title=BORDER_NOT_NULLABLE::a%0A::set-output name=x::y%0ATake the ! off.',
        'REFUSED: 1 errors, 0 warnings, 0 notes; 1.2 s. tavolo explain CODE tells more of each.',
        '',
      ].join('\n'),
    );
  });

  it('takes folders of SDL, in order, without what is hidden', async () => {
    mkdirSync(join(folder, 'sdl', '.git'), { recursive: true });
    mkdirSync(join(folder, 'sdl', 'more'));
    writeFileSync(join(folder, 'sdl', 'b.graphql'), 'b');
    writeFileSync(join(folder, 'sdl', 'more', 'a.graphqls'), 'a');
    writeFileSync(join(folder, 'sdl', '.git', 'c.graphql'), 'c');
    writeFileSync(join(folder, 'sdl', 'notes.txt'), 'n');
    registry.answers.set('POST /checks', { json: passedReport });
    await check('courses', '--schema', 'sdl');
    expect(registry.asked[0]?.body).toEqual({
      subgraphs: [
        {
          name: 'courses',
          files: [
            { path: 'sdl/b.graphql', text: 'b' },
            { path: 'sdl/more/a.graphqls', text: 'a' },
          ],
        },
      ],
    });
  });

  it('takes no other subgraph’s schema and address from tavolo.json', async () => {
    const { exitCode, said } = await check('person-index');
    expect(exitCode).toBe(2);
    expect(said).toContain('where is the schema of person-index?');
  });

  it('tells the hub nothing of the folders above', async () => {
    const elsewhere = folderWith({ 'mine.graphql': 'type Query { a: ID }' });
    registry.answers.set('POST /checks', { json: passedReport });
    await check('--schema', join(elsewhere, 'mine.graphql'));
    expect(JSON.stringify(registry.asked[0]?.body)).toContain('"path":"mine.graphql"');
  });

  it.each([
    [
      'no schema there',
      ['--schema', 'none.graphql'],
      'cannot read the schema none.graphql (ENOENT)',
    ],
    ['no name', ['Employment'], 'lower-case words joined by hyphens'],
    ['two sources', ['--schema', 'schema.graphql', '--from', 'http://127.0.0.1'], 'one of them'],
    ['a language', ['--lang', 'fr'], 'en or it'],
    ['an address', ['--url', 'ftp://centre'], 'http(s) address'],
    ['a registry to listen to', ['--registry', 'http://registry.example'], 'an https address'],
  ])('ends with 2 and asks nobody: %s', async (_, args, why) => {
    const { exitCode, said, printed } = await check(...args);
    expect({ exitCode, printed }).toEqual({ exitCode: 2, printed: '' });
    expect(said).toContain(why);
    expect(registry.asked).toEqual([]);
  });

  it.each([
    ['no JSON', '{', 'tavolo.json is no JSON'],
    ['a misspelt word', '{"subgraph":"a-b","schemas":["x"]}', 'schema:'],
    ['another form', '[]', 'tavolo.json is not as it should be'],
  ])('says what is wrong with tavolo.json: %s', async (_, text, why) => {
    writeFileSync(join(folder, 'tavolo.json'), text);
    const { exitCode, said } = await check();
    expect(exitCode).toBe(2);
    expect(said).toContain(why);
  });

  it('takes no SDL that is not text', async () => {
    writeFileSync(join(folder, 'schema.graphql'), Buffer.from([0x74, 0xff, 0xfe]));
    const { exitCode, said } = await check();
    expect(exitCode).toBe(2);
    expect(said).toContain('no text in UTF-8');
  });
});
