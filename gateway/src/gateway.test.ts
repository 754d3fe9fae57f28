import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { errorCodes } from './error-codes.ts';
import { startTestProvince, type TestProvince } from './test-subgraphs/province.ts';
import { sendJson } from './test-subgraphs/start-test-subgraph.ts';

const guests = '{ facilities { id guests { id events lastSite { name } hoursToFirstEvent } } }';

let province: TestProvince;
beforeAll(async () => {
  province = await startTestProvince({
    limits: { breakerFailures: 1000, retryJitterMs: 1, callTimeoutMs: 2_000 },
  });
});
afterAll(() => province.close());
afterEach(() => {
  for (const subgraph of [province.reception, province.health]) {
    subgraph.misbehave(undefined);
    subgraph.announce(undefined);
    subgraph.questions.length = 0;
  }
});

describe('an answer when all is well', () => {
  test('joins what two institutions know, with one question each', async () => {
    const answer = await province.ask(
      '{ facility(id: "f1") { id guests { events hoursToFirstEvent } } }',
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      facility: {
        id: 'f1',
        guests: [
          { events: ['event of p1'], hoursToFirstEvent: 12 },
          { events: ['event of p2'], hoursToFirstEvent: null },
        ],
      },
    });
    expect(province.reception.questions).toHaveLength(1);
    expect(province.health.questions).toHaveLength(1);
  });

  test('names every source asked, with the age and completeness it announced', async () => {
    province.reception.announce({ asOf: '2026-11-22T04:00:00Z', completeness: 0.98, stale: false });
    province.health.announce({ asOf: '2026-11-20T04:00:00Z', completeness: null, stale: true });
    const answer = await province.ask(guests);
    expect(answer.extensions.sources).toEqual([
      { name: 'health', status: 'STALE', asOf: '2026-11-20T04:00:00Z', completeness: null },
      { name: 'reception', status: 'OK', asOf: '2026-11-22T04:00:00Z', completeness: 0.98 },
    ]);
  });

  test('names only the sources that were asked, and none when none was', async () => {
    const one = await province.ask('{ sites }');
    expect(one.extensions.sources.map(({ name }) => name)).toEqual(['health']);
    const none = await province.ask('{ __typename }');
    expect(none.extensions.sources).toEqual([]);
  });

  test('gives each question an id that the subgraphs hear, and a deadline', async () => {
    const response = await fetch(`${province.gateway.url}/graphql?query={sites}`, {
      headers: { 'apollo-require-preflight': '1', 'x-request-id': 'chosen-by-the-client' },
    });
    const id = response.headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f-]{36}$/u);
    const [question] = province.health.questions;
    expect(question?.headers['x-request-id']).toBe(id);
    const deadlineMs = Number(question?.headers['x-deadline-ms']);
    expect(deadlineMs).toBeGreaterThan(0);
    expect(deadlineMs).toBeLessThanOrEqual(2_000);
  });
});

describe('a partner that cannot answer costs only its own fields', () => {
  test.each([
    [
      'answers HTML',
      'NOT_JSON',
      (response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Rossi Mario</h1>'),
    ],
    [
      'is redirected away',
      'REDIRECTED',
      (response) => response.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' }).end(),
    ],
    [
      'fails with a page',
      'BAD_STATUS',
      (response) =>
        response.writeHead(500, { 'content-type': 'text/html' }).end('at db:5432 Rossi'),
    ],
    ['fails behind a proxy', 'BAD_STATUS', (response) => response.writeHead(503).end('Rossi')],
    [
      'gives half an answer',
      'INVALID_ANSWER',
      (response) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"data":{"_entities":[{"events":["Ros'),
    ],
    [
      'breaks off in the middle',
      'CONNECTION_FAILED',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"data":');
        setImmediate(() => response.destroy());
      },
    ],
    ['closes the door', 'CONNECTION_FAILED', (response) => response.destroy()],
    [
      'answers neither data nor errors',
      'INVALID_ANSWER',
      (response) => sendJson(response, { hello: 'Rossi' }),
    ],
    ['answers a list', 'INVALID_ANSWER', (response) => sendJson(response, ['Rossi'])],
    [
      'answers without entities',
      'INVALID_ANSWER',
      (response) => sendJson(response, { data: { other: 1 } }),
    ],
    [
      'answers too few entities',
      'INVALID_ANSWER',
      (response) => sendJson(response, { data: { _entities: [] } }),
    ],
    [
      'says errors is a text',
      'INVALID_ANSWER',
      (response) => sendJson(response, { data: null, errors: 'Rossi' }),
    ],
    [
      'announces more than it may send',
      'TOO_LARGE',
      (response) =>
        response
          .writeHead(200, {
            'content-type': 'application/json',
            'content-length': String(50 * 1024 * 1024),
          })
          .write('{'),
    ],
    ['never answers', 'TIMEOUT', () => undefined],
  ] satisfies [string, string, Parameters<TestProvince['health']['misbehave']>[0]][])(
    '%s',
    async (_title, reason, misbehaviour) => {
      province.health.misbehave(misbehaviour);
      const answer = await province.ask(guests);
      expect(answer.status).toBe(200);
      expect(answer.data).toEqual({
        facilities: [
          {
            id: 'f1',
            guests: ['p1', 'p2'].map((id) => ({
              id,
              events: null,
              lastSite: null,
              hoursToFirstEvent: null,
            })),
          },
          {
            id: 'f2',
            guests: [{ id: 'p3', events: null, lastSite: null, hoursToFirstEvent: null }],
          },
        ],
      });
      expect(
        answer.errors?.map(({ path, extensions }) => ({ path, ...extensions })),
      ).toContainEqual({
        path: ['facilities', 0, 'guests', 0, 'events'],
        code: 'UNAVAILABLE',
        subgraph: 'health',
        reason,
        retryAfterSeconds: 5,
        affected: 3,
      });
      expect(answer.extensions.sources).toContainEqual({
        name: 'health',
        status: 'UNAVAILABLE',
        asOf: null,
        completeness: null,
        reason,
        retryAfterSeconds: 5,
      });
      expect(answer.text).not.toMatch(/Rossi|127\.0\.0\.1|:5432|serviceName|stack/u);
    },
  );

  test('a 50 MB answer is refused after the first ten', async () => {
    let sent = 0;
    let closed: () => void = () => undefined;
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    province.health.misbehave((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      const send = () => {
        if (sent >= 50 || response.destroyed) return;
        sent += 1;
        response.write(chunk, send);
      };
      response.on('close', closed);
      send();
    });
    const answer = await province.ask('{ sites }');
    expect(answer.errors?.[0]?.extensions['reason']).toBe('TOO_LARGE');
    await isClosed;
    expect(sent).toBeLessThan(30);
  });

  test('one that is refused at a root field leaves the other root fields alone', async () => {
    province.health.misbehave((response) => response.destroy());
    const answer = await province.ask('{ sites facility(id: "f2") { name } }');
    expect(answer.data).toEqual({ sites: null, facility: { name: 'Casa Due' } });
    expect(answer.errors?.map(({ path }) => path)).toEqual([['sites']]);
  });
});

describe('errors of a subgraph', () => {
  test('an unknown error is masked: no SQL, no address, no stack, an id instead', async () => {
    const answer = await province.ask('{ facility(id: "sql") { name } }');
    expect(answer.data).toEqual({ facility: null });
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0]?.path).toEqual(['facility']);
    expect(answer.errors?.[0]?.extensions).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      subgraph: 'reception',
      errorId: expect.stringMatching(/^[0-9a-f-]{36}$/u) as unknown,
    });
    expect(answer.text).not.toMatch(/SELECT|10\.0\.0\.7|stack|duplicate/u);
  });

  test('a known code keeps its message, and FORBIDDEN makes the source DENIED', async () => {
    const answer = await province.ask('{ facility(id: "secret") { name } }');
    expect(answer.errors).toEqual([
      {
        message: 'FORBIDDEN here',
        path: ['facility'],
        extensions: { code: 'FORBIDDEN', subgraph: 'reception' },
      },
    ]);
    expect(answer.extensions.sources[0]?.['status']).toBe('DENIED');
  });

  test('a known code with an address or a stack in its message loses the message', async () => {
    province.health.misbehave((response) =>
      sendJson(response, {
        data: null,
        errors: [
          { message: 'ask http://10.1.1.1/', extensions: { code: 'NOT_FOUND', sql: 'SELECT 1' } },
        ],
      }),
    );
    const answer = await province.ask('{ sites }');
    expect(answer.errors).toEqual([
      {
        message: 'This source has no such thing',
        path: ['sites'],
        extensions: { code: 'NOT_FOUND', subgraph: 'health' },
      },
    ]);
  });

  test.each([401, 403])('HTTP %i makes the source DENIED', async (status) => {
    province.health.misbehave((response) => response.writeHead(status).end('who is Rossi?'));
    const answer = await province.ask('{ sites }');
    expect(answer.data).toEqual({ sites: null });
    expect(answer.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    expect(answer.extensions.sources).toEqual([
      { name: 'health', status: 'DENIED', asOf: null, completeness: null },
    ]);
  });
});

describe('a value of the wrong type is an error in the answer', () => {
  test('a wrong scalar', async () => {
    province.reception.misbehave((response) =>
      sendJson(response, { data: { facilities: [{ id: 'f1', places: 'Rossi' }] } }),
    );
    const answer = await province.ask('{ facilities { id places } }');
    expect(answer.data).toEqual({ facilities: [{ id: 'f1', places: null }] });
    expect(
      answer.errors?.map(({ path, extensions }) => ({ path, code: extensions['code'] })),
    ).toEqual([{ path: ['facilities', 0, 'places'], code: 'INVALID_VALUE' }]);
    expect(answer.extensions).not.toHaveProperty('valueCompletion');
    expect(answer.text).not.toContain('Rossi');
  });

  test('a missing value where one must be', async () => {
    province.reception.misbehave((response) =>
      sendJson(response, {
        data: {
          facilities: [
            { id: 'f1', name: null },
            { id: 'f2', name: 'Casa' },
          ],
        },
      }),
    );
    const answer = await province.ask('{ facilities { id name } }');
    expect(answer.data).toEqual({ facilities: null });
    expect(answer.errors?.[0]?.path).toEqual(['facilities', 0, 'name']);
  });

  test('also beside an error of another partner, where the library keeps silent', async () => {
    province.health.misbehave((response) => response.destroy());
    province.reception.misbehave((response) =>
      sendJson(response, { data: { facilities: [{ id: 'f1', places: 'many' }] } }),
    );
    const answer = await province.ask('{ sites facilities { id places } }');
    expect(answer.errors?.map(({ path, extensions }) => [extensions['code'], path])).toEqual([
      ['UNAVAILABLE', ['sites']],
      ['INVALID_VALUE', ['facilities', 0, 'places']],
    ]);
  });

  test.each([
    ['a text for a list', { facilities: 'Rossi' }, { facilities: null }, ['facilities']],
    [
      'a list for an object',
      { facilities: [[{ id: 'f1' }]] },
      { facilities: null },
      ['facilities', 0],
    ],
    [
      'a number for a list inside',
      { facilities: [{ id: 'f1', guests: 7 }] },
      { facilities: [{ id: 'f1', guests: null }] },
      ['facilities', 0, 'guests'],
    ],
  ])('%s costs that place only', async (_title, data, expected, path) => {
    province.reception.misbehave((response) => sendJson(response, { data }));
    const answer = await province.ask('{ sites facilities { id guests { id } } }');
    expect(answer.data).toMatchObject({ sites: ['Parma'], ...expected });
    expect(answer.errors?.map((error) => error.path)).toContainEqual(path);
    expect(answer.errors?.every(({ extensions }) => extensions['code'] === 'INVALID_VALUE')).toBe(
      true,
    );
    expect(answer.text).not.toContain('Rossi');
  });
});

describe('questions the gateway refuses', () => {
  test.each([
    ['malformed JSON', '{"query":', 400, 'BAD_REQUEST'],
    ['a batch', '[{"query":"{sites}"}]', 400, 'BAD_REQUEST'],
    ['no query', '{}', 400, 'BAD_REQUEST'],
    ['a syntax error', '{"query":"{"}', 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{"query":"{facilitys}"}', 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two operations and no name',
      '{"query":"query A{sites} query B{sites}"}',
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'two operations and a wrong name',
      '{"query":"query A{sites} query B{sites}","operationName":"C"}',
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'a wrong variable',
      '{"query":"query($id:ID!){facility(id:$id){id}}","variables":{"id":{"cf":"RSSMRA"}}}',
      400,
      'BAD_USER_INPUT',
    ],
    [
      'too large a body',
      JSON.stringify({ query: '{sites}', variables: { x: 'x'.repeat(600_000) } }),
      413,
      'PAYLOAD_TOO_LARGE',
    ],
  ] as const)('%s', async (_title, body, status, code) => {
    const response = await fetch(`${province.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await response.text();
    const answer = JSON.parse(text) as {
      errors: { message: string; extensions: object }[];
      extensions: object;
    };
    expect(response.status).toBe(status);
    expect(answer.errors[0]?.extensions).toEqual({
      code,
      errorId: response.headers.get('x-request-id'),
      advice: errorCodes[code].advice,
    });
    expect(answer.extensions).toEqual({ sources: [] });
    expect(text).not.toMatch(/RSSMRA|Did you mean|stack/u);
    expect(province.reception.questions).toHaveLength(0);
  });

  test.each([
    ['more tokens than allowed', `{ ${'__typename '.repeat(5_000)} }`, 'GRAPHQL_PARSE_FAILED'],
    [
      'a fragment of itself',
      '{ ...F } fragment F on Query { sites ...F }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a question about schema and data, whose schema part is the gate’s to answer',
      '{ sites __schema { types { name } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ] as const)('%s, also by the server behind the gate', async (_title, query, code) => {
    const answer = await province.ask(query);
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code, advice: errorCodes[code].advice });
    expect(answer.extensions).toEqual({ sources: [] });
  });

  test('to show how it plans', async () => {
    const response = await fetch(`${province.gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'apollo-query-plan-experimental': '1',
        'apollo-query-plan-experimental-format': 'internal',
        'apollo-federation-include-trace': 'ftv1',
      },
      body: '{"query":"{ sites }"}',
    });
    expect(await response.json()).toEqual({
      data: { sites: ['Parma'] },
      extensions: { sources: [{ name: 'health', status: 'OK', asOf: null, completeness: null }] },
    });
  });

  test('a simple cross-site request', async () => {
    const get = await fetch(`${province.gateway.url}/graphql?query={sites}`, {
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(get.status).toBe(403);
    const form = await fetch(`${province.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"query":"{sites}"}',
    });
    expect(form.status).toBe(415);
    expect(province.health.questions).toHaveLength(0);
  });

  test('a mutation by GET', async () => {
    const response = await fetch(
      `${province.gateway.url}/graphql?query=${encodeURIComponent('mutation { closeFacility(id: "f1") { id } }')}`,
      { headers: { 'apollo-require-preflight': '1' } },
    );
    expect(response.status).toBe(405);
    expect(province.reception.questions).toHaveLength(0);
  });
});

test('the README explains every error code in the words of the code', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| `([A-Z_]+)` +\| (.+?) +\| (.+?) +\|$/gmu)]
    .map(([, code = '', meaning = '', advice = '']) => [code, { meaning, advice }] as const)
    .filter(([code]) => code in errorCodes);
  expect(Object.fromEntries(rows)).toEqual(errorCodes);
});
