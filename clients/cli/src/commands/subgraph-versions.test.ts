import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
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
    'schema.graphql': 'type Query {\n  courses: [ID]\n  places: Int\n}\n',
  });
});

const tavolo = (...args: string[]) => registry.tavolo(['subgraph', ...args], folder);

const published = (sequence: number | null, version = 3) => ({
  json: {
    sequence,
    supergraphId: sequence === null ? null : 'a'.repeat(64),
    subgraphs: [{ name: 'employment-centre', version }],
    report: passedReport,
  },
});
const view = {
  name: 'employment-centre',
  owner: 'employment-centre',
  contact: { name: 'Ufficio dati', email: 'dati@example.org' },
  state: 'PUBLISHED',
  version: 2,
  url: 'https://centre.example.org/graphql',
  deprecatedUntil: null,
  deprecationReason: null,
  publishedAt: '2026-11-20T10:00:00Z',
};
const version = (number: number, text: string, note = '') => ({
  subgraph: 'employment-centre',
  version: number,
  state: number === 2 ? 'PUBLISHED' : 'SUPERSEDED',
  digest: 'd',
  url: 'https://centre.example.org/graphql',
  note,
  createdAt: '2026-11-20T10:00:00Z',
  createdBy: 'employment-centre',
  publishedAt: '2026-11-20T10:00:00Z',
  files: [{ path: 'published.graphql', text }],
});

describe('tavolo subgraph publish', () => {
  it('publishes the folder’s schema, and says the release', async () => {
    registry.answers.set('POST /publications', published(17));
    const { exitCode, printed } = await tavolo('publish', '--note', 'courses');
    expect(exitCode).toBe(0);
    expect(printed).toBe('Published employment-centre version 3. The graph is release 17.\n');
    expect(registry.asked[0]?.body).toMatchObject({
      note: 'courses',
      draft: false,
      acceptBreaking: false,
      subgraphs: [{ name: 'employment-centre', url: 'https://centre.example.org/graphql' }],
    });
  });

  it.each([
    [[], 'Nothing changed: employment-centre version 3 is what the graph has.\n'],
    [['--draft'], 'Kept employment-centre version 3 as a draft: checked, and not served.\n'],
  ])('tells a draft from what the graph has already: %j', async (options, said) => {
    registry.answers.set('POST /publications', published(null));
    expect(await tavolo('publish', ...options)).toMatchObject({ exitCode: 0, printed: said });
  });

  it('refused by the checks, shows what they found and the way on; 1', async () => {
    const refusal = {
      status: 422,
      json: { code: 'CHECK_REFUSED', title: 'The checks refuse it', report: refusedReport },
    };
    registry.answers.set('POST /publications', refusal);
    const { exitCode, printed, said } = await tavolo('publish', '--lang', 'en');
    expect(exitCode).toBe(1);
    expect(printed).toContain('schema.graphql:3:5  ERROR BORDER_NOT_NULLABLE');
    expect(said).toContain('nothing was changed; --accept-breaking');
    const forPrograms = await tavolo('publish', '--json');
    expect(forPrograms.exitCode).toBe(1);
    expect(JSON.parse(forPrograms.printed)).toMatchObject({
      error: { status: 422, code: 'CHECK_REFUSED' },
      report: refusedReport,
    });
  });

  it('takes the SDL from a server that tells it, with that server’s token and never with the registry’s', async () => {
    const authorizations: unknown[] = [];
    const index = createServer(({ headers }, response) => {
      authorizations.push(headers.authorization);
      response.setHeader('content-type', 'text/plain; charset=utf-8').end('type Query { a: ID }');
    }).listen(0, '127.0.0.1');
    await once(index, 'listening');
    const address = index.address();
    const from = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/partners/sdl`;
    writeFileSync(join(folder, 'token'), 'the-operators-own-token\n', { mode: 0o600 });
    registry.answers.set('POST /publications', published(18));
    const args = ['publish', 'person-index', '--from', from, '--from-token-file', 'token'];
    expect(await tavolo(...args)).toMatchObject({ exitCode: 0 });
    expect(registry.asked[0]?.body).toMatchObject({
      subgraphs: [
        {
          name: 'person-index',
          files: [{ path: 'person-index.graphql', text: 'type Query { a: ID }' }],
        },
      ],
    });
    expect(authorizations).toEqual(['Bearer the-operators-own-token']);
    chmodSync(join(folder, 'token'), 0o644);
    const readable = await tavolo(...args);
    expect(readable).toMatchObject({ exitCode: 2 });
    expect(readable.said).toContain('others can read token');
    index.close();
  });

  it('takes no web page for an SDL', async () => {
    registry.answers.set('GET /sdl', (response) =>
      response.setHeader('content-type', 'text/html').end('<html>'),
    );
    const { exitCode, said } = await tavolo('publish', '--from', `${registry.url}/sdl`);
    expect(exitCode).toBe(2);
    expect(said).toContain('must be text/plain');
    expect(registry.asked.map(({ path }) => path)).toEqual(['/sdl']);
  });
});

describe('tavolo subgraph rollback, deprecate, archive', () => {
  it('goes back to a version, and tells which one serves now', async () => {
    registry.answers.set('POST /subgraphs/employment-centre/rollback', published(19, 1));
    const { exitCode, printed } = await tavolo('rollback', '--to', '1', '--reason', 'Wrong export');
    expect(exitCode).toBe(0);
    expect(printed).toContain('Rolled back employment-centre to version 1');
    expect(registry.asked[0]?.body).toEqual({
      version: 1,
      reason: 'Wrong export',
      acceptBreaking: false,
    });
  });

  it('deprecates until the end of a day, and takes it back', async () => {
    const route = 'POST /subgraphs/employment-centre/deprecate';
    registry.answers.set(route, { json: { ...view, deprecatedUntil: '2027-06-30T23:59:59Z' } });
    const { printed } = await tavolo('deprecate', '--until', '2027-06-30', '--reason', 'Moves');
    expect(printed).toContain('served until 2027-06-30T23:59:59Z at the least');
    registry.answers.set(route, { json: view });
    const undone = await tavolo('deprecate', '--undo', '--reason', 'Stays');
    expect(undone.printed).toBe('employment-centre is not deprecated any more.\n');
    expect(registry.asked.map(({ body }) => body)).toEqual([
      { until: '2027-06-30T23:59:59.000Z', reason: 'Moves' },
      { until: null, reason: 'Stays' },
    ]);
  });

  it('archives what is named, never what the folder happens to be', async () => {
    expect(await tavolo('archive', '--reason', 'Closed')).toMatchObject({ exitCode: 2 });
    registry.answers.set('POST /subgraphs/employment-centre/archive', published(20));
    const { exitCode, printed } = await tavolo(
      'archive',
      'employment-centre',
      '--reason',
      'Closed',
    );
    expect(exitCode).toBe(0);
    expect(printed).toBe('Archived employment-centre. The graph is release 20.\n');
  });

  it.each([
    [['rollback', '--reason', 'x'], '--to'],
    [['rollback', '--to', '0', '--reason', 'x'], 'from 1'],
    [['rollback', '--to', '1'], '--reason'],
    [['deprecate', '--reason', 'x'], 'one of them'],
    [['deprecate', '--until', '2027-02-30', '--reason', 'x'], 'a day, YYYY-MM-DD'],
    [['deprecate', '--until', 'tomorrow', '--reason', 'x'], 'a day, YYYY-MM-DD'],
    [['usage', 'Person'], 'a type and a field'],
    [['show', '--version', '-1'], 'from 1'],
    [['diff', '--to', '1', '--schema', 'schema.graphql'], 'one of them'],
  ])('ends with 2 and asks nobody: %j', async (args, why) => {
    const { exitCode, said } = await tavolo(...args);
    expect(exitCode).toBe(2);
    expect(said).toContain(why);
    expect(registry.asked).toEqual([]);
  });
});

describe('tavolo subgraph list, show, usage', () => {
  it('lists subgraphs with owner, version and state', async () => {
    registry.answers.set('GET /subgraphs', { json: { items: [view] } });
    const { printed } = await tavolo('list');
    expect(printed.split('\n')[1]).toMatch(
      /^employment-centre {2}2 +PUBLISHED {2}employment-centre {2}2026-11-20T10:00:00Z {2}https:/u,
    );
  });

  it('shows one with its versions, and the SDL of a version', async () => {
    registry.answers.set('GET /subgraphs/employment-centre', { json: view });
    registry.answers.set('GET /subgraphs/employment-centre/versions', {
      json: { items: [version(2, '', 'two\nlines'), version(1, '')], next: null },
    });
    const { printed } = await tavolo('show');
    expect(printed).toContain('PUBLISHED, version 2');
    expect(printed).toContain('employment-centre (Ufficio dati, dati@example.org)');
    expect(printed).toContain('two lines');
    registry.answers.set('GET /subgraphs/employment-centre/versions/1', {
      json: version(1, 'type Query { a: ID }\n'),
    });
    expect((await tavolo('show', '--version', '1')).printed).toBe('type Query { a: ID }\n');
  });

  it('tells who asks for a field', async () => {
    const route = 'GET /usage?coordinate=Person.stays';
    const [change] = refusedReport.changes;
    registry.answers.set(route, { json: { coordinate: 'Person.stays', usedBy: change.usedBy } });
    const { printed } = await tavolo('usage', 'Person.stays');
    expect(printed).toBe('asked by provincial-table: 12 times, last on 2026-11-20 (FreePlaces)\n');
    registry.answers.set(route, { json: { coordinate: 'Person.stays', usedBy: [] } });
    expect((await tavolo('usage', 'Person.stays')).printed).toContain('Nobody asked');
  });
});

describe('tavolo subgraph diff', () => {
  it('lays the files here beside the version in the graph, with whom the changes concern', async () => {
    registry.answers.set('GET /subgraphs/employment-centre', { json: view });
    registry.answers.set('GET /subgraphs/employment-centre/versions/2', {
      json: version(2, 'type Query {\r\n  courses: [ID]\r\n  bedsFree: Int\r\n}\r\n'),
    });
    registry.answers.set('POST /checks', { json: refusedReport });
    const { exitCode, printed } = await tavolo('diff');
    expect(exitCode).toBe(0);
    expect(printed).toContain('\n-  bedsFree: Int\n+  places: Int\n');
    expect(printed).toContain('BREAKING FIELD_REMOVED  Stay.bedsFree');
    const report: unknown = JSON.parse((await tavolo('diff', '--json')).printed);
    expect(report).toMatchObject({ from: 2, to: null, changes: refusedReport.changes });
  });

  it('compares two versions without asking for a check', async () => {
    for (const [number, text] of [
      [1, 'a\n'],
      [2, 'b\n'],
    ] as const) {
      registry.answers.set(`GET /subgraphs/employment-centre/versions/${number}`, {
        json: version(number, text),
      });
    }
    const { printed } = await tavolo('diff', '--from', '1', '--to', '2');
    expect(printed).toContain('\n-a\n+b\n');
    expect(registry.asked.every(({ method }) => method === 'GET')).toBe(true);
    expect((await tavolo('diff', '--from', '1', '--to', '1')).printed).toBe('No line differs.\n');
  });

  it('shows every line of a subgraph that the graph does not have as new', async () => {
    registry.answers.set('POST /checks', { json: passedReport });
    const { printed } = await tavolo('diff');
    expect(printed).toContain('--- /dev/null');
    expect(printed.match(/^\+ /gmu)).toHaveLength(2);
  });
});
