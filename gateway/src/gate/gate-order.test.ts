import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../test-subgraphs/start-test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());
afterEach(() => {
  hub.records.length = 0;
});

const fine = '{ facilities { name } }';

test('somebody known, with a purpose, within the limits and allowed, is answered', async () => {
  const answer = await hub.ask('analysis', fine);
  expect(answer.errors).toBeUndefined();
  expect(answer.data).toEqual({ facilities: [{ name: 'Casa Uno' }, { name: 'Casa Due' }] });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(hub.records).toHaveLength(1);
});

describe('a refused question reaches no institution and leaves one record', () => {
  interface Row {
    readonly purpose?: string;
    readonly claims?: Readonly<Record<string, unknown>>;
    readonly query?: string;
    readonly body?: string;
    readonly authorization?: string | null;
    readonly expected: readonly [number, string, (string | undefined)?];
  }
  const rows: Readonly<Record<string, Row>> = {
    'no token': { authorization: null, expected: [401, 'UNAUTHENTICATED', 'TOKEN_MISSING'] },
    'no token, and a body that is no JSON': {
      authorization: null,
      body: '{',
      expected: [401, 'UNAUTHENTICATED', 'TOKEN_MISSING'],
    },
    'no token, and far too large a body': {
      authorization: null,
      body: 'x'.repeat(2_000_000),
      expected: [401, 'UNAUTHENTICATED', 'TOKEN_MISSING'],
    },
    'a token that is none': {
      authorization: 'Bearer x',
      expected: [401, 'UNAUTHENTICATED', 'TOKEN_INVALID'],
    },
    'an expired token': {
      claims: { iat: 1_700_000_000, exp: 1_700_000_100 },
      expected: [401, 'UNAUTHENTICATED', 'TOKEN_EXPIRED'],
    },
    'a purpose nobody registered': {
      purpose: 'nothing-such',
      expected: [403, 'PURPOSE_REFUSED', 'UNKNOWN'],
    },
    "somebody else's purpose": {
      purpose: 'of-others',
      expected: [403, 'PURPOSE_REFUSED', 'UNKNOWN'],
    },
    'a client nobody registered': {
      claims: { client_id: 'stranger' },
      expected: [403, 'PURPOSE_REFUSED', 'UNKNOWN'],
    },
    'a purpose that does not hold yet': {
      purpose: 'future',
      expected: [403, 'PURPOSE_REFUSED', 'NOT_YET_VALID'],
    },
    'a purpose that held once': {
      purpose: 'past',
      expected: [403, 'PURPOSE_REFUSED', 'EXPIRED'],
    },
    'a suspended purpose': {
      purpose: 'suspended',
      expected: [403, 'PURPOSE_REFUSED', 'SUSPENDED'],
    },
    'a purpose for other roles': {
      purpose: 'only-operators',
      expected: [403, 'PURPOSE_REFUSED', 'ROLE'],
    },
    'a suspended purpose, and a body that is no JSON': {
      purpose: 'suspended',
      body: '{',
      expected: [403, 'PURPOSE_REFUSED', 'SUSPENDED'],
    },
    'a body that is no JSON': { body: '{', expected: [400, 'BAD_REQUEST'] },
    'too many aliases, of fields that are forbidden': {
      query: `{ ${Array.from({ length: 60 }, (_, at) => `a${at}: hiddenRooms { hiddenName }`).join(' ')} }`,
      expected: [400, 'QUERY_TOO_COSTLY'],
    },
    'too dear, beside a forbidden field': {
      query: '{ facilities(first: 1000000) { name } hiddenRooms { hiddenName } }',
      expected: [400, 'QUERY_TOO_COSTLY'],
    },
    'a document that is not trusted, of forbidden fields': {
      purpose: 'table',
      query: '{ hiddenRooms { hiddenName } }',
      expected: [403, 'DOCUMENT_NOT_TRUSTED'],
    },
    'a forbidden field': {
      query: '{ facilities { name guests { id } } }',
      expected: [403, 'FORBIDDEN'],
    },
    'an unknown field': { query: '{ nothingSuch }', expected: [403, 'FORBIDDEN'] },
    'an argument there is not': {
      query: '{ facilities(last: 3) { name } }',
      expected: [400, 'GRAPHQL_VALIDATION_FAILED'],
    },
    'data and schema at once': {
      query: '{ facilities { name } __schema { queryType { name } } }',
      expected: [400, 'GRAPHQL_VALIDATION_FAILED'],
    },
    'a mutation where there is none': {
      query: 'mutation { close }',
      expected: [403, 'FORBIDDEN'],
    },
    'a wrong variable': {
      query: 'query($first: Int) { facilities(first: $first) { name } }',
      expected: [400, 'BAD_USER_INPUT'],
    },
  };

  test.each(Object.entries(rows))('%s', async (_title, row) => {
    const before = hub.calls;
    const token = await hub.token(row.purpose ?? 'analysis', row.claims);
    const authorization = row.authorization === undefined ? `Bearer ${token}` : row.authorization;
    const response = await fetch(`${hub.gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization === null ? {} : { authorization }),
      },
      body: row.body ?? JSON.stringify({ query: row.query ?? fine, variables: { first: 'many' } }),
    });
    // The tests assert on what is in it.
    const { errors, data } = (await response.json()) as {
      data?: unknown;
      errors: { extensions: Record<string, unknown> }[];
    };
    const [status, code, reason] = row.expected;
    const [error] = errors;
    expect([response.status, error?.extensions['code'], error?.extensions['reason']]).toEqual([
      status,
      code,
      reason,
    ]);
    expect(error?.extensions['errorId']).toBe(response.headers.get('x-request-id'));
    expect(error?.extensions['advice']).toMatch(/\.$/u);
    expect(data).toBeUndefined();
    expect(hub.calls).toBe(before);
    expect(hub.records).toHaveLength(1);
    expect(hub.records[0]).toMatchObject({
      httpStatus: status,
      outcome: 'REFUSED',
      refusal: { code, reason: reason ?? null },
      requestId: error?.extensions['errorId'],
      subgraphs: [],
    });
  });
});
