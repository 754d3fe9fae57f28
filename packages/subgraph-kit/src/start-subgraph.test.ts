import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { dateScalars } from './date-scalars.ts';
import { HubError } from './hub-error.ts';
import { startSubgraph } from './start-subgraph.ts';
import type { RunningSubgraph } from './subgraph-options.ts';
import { signedFetch, testGatewayKeys } from './testing/index.ts';

const typeDefs = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  scalar Date
  scalar DateTime
  type Query {
    day(on: Date): Date
    days(on: Date!, after: String): [Date!]
    broken: String
    refused: String
  }
  type Thing @key(fields: "id") {
    id: ID!
  }
`;

const resolvers = {
  ...dateScalars,
  Query: {
    day: (_parent: unknown, { on }: { on: string }) => on,
    days: (_parent: unknown, { on }: { on: string }) => [on],
    broken: () => {
      throw new Error('duplicate key value (nome)=(ROSSI-CANARY)');
    },
    refused: () => {
      throw new HubError('UNAVAILABLE', 'The register is being restored');
    },
  },
};

let running: RunningSubgraph | undefined;
afterEach(() => running?.close());

describe.each(['apollo', 'mercurius'] as const)('a subgraph on %s', (engine) => {
  async function start(options: { isReady?: boolean; asOf?: string | null } = {}) {
    const lines: string[] = [];
    const logger = pino(
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          lines.push(chunk.toString());
          done();
        },
      }),
    );
    running = await startSubgraph({
      engine,
      name: 'trial',
      typeDefs,
      resolvers,
      gatewayKeys: testGatewayKeys,
      createContext: () => ({}),
      sourceStatus: async () => {
        if (options.asOf === undefined) throw new Error('store is gone');
        return { asOf: options.asOf, completeness: 0.5, stale: false };
      },
      isReady: async () => options.isReady ?? true,
      host: '127.0.0.1',
      port: 0,
      logger,
    });
    return { url: running.url, lines };
  }

  async function ask(url: string, body: string) {
    const response = await signedFetch({ url, subgraph: 'trial' }, body);
    return { status: response.status, text: await response.text() };
  }

  it('says on every answer how good its source is', async () => {
    const { url } = await start({ asOf: '2026-11-22T04:00:00Z' });
    const { status, text } = await ask(url, JSON.stringify({ query: '{ day(on: "2026-02-28") }' }));
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      data: { day: '2026-02-28' },
      extensions: {
        source: { asOf: '2026-11-22T04:00:00Z', completeness: 0.5, stale: false },
      },
    });
  });

  it('answers also when it cannot say how good its source is, and says that', async () => {
    const { url } = await start();
    const { text } = await ask(url, JSON.stringify({ query: '{ __typename }' }));
    expect(JSON.parse(text)).toMatchObject({
      data: { __typename: 'Query' },
      extensions: { source: { asOf: null, completeness: null, stale: true } },
    });
  });

  it('shows a refusal meant for the caller and hides everything else behind an id the log knows', async () => {
    const { url, lines } = await start({ asOf: null });
    const { status, text } = await ask(url, JSON.stringify({ query: '{ refused broken }' }));
    expect(status).toBe(200);
    const { errors } = JSON.parse(text) as {
      errors: { message: string; path: string[]; extensions: { code: string; errorId?: string } }[];
    };
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['refused'], 'UNAVAILABLE'],
      [['broken'], 'INTERNAL_SERVER_ERROR'],
    ]);
    expect(errors[0]?.message).toBe('The register is being restored');
    expect(text).not.toContain('CANARY');
    expect(lines.join('')).toContain(errors[1]?.extensions.errorId);
  });

  it('tells a wrong query from a wrong server, without repeating a value', async () => {
    const { url, lines } = await start({ asOf: null });
    const unknownField = await ask(url, JSON.stringify({ query: '{ nothing }' }));
    expect(unknownField.status).toBe(400);
    expect(unknownField.text).toContain('nothing');
    expect(unknownField.text).toContain('GRAPHQL_VALIDATION_FAILED');
    const unreadable = await ask(url, JSON.stringify({ query: '{' }));
    expect(unreadable.text).toContain('GRAPHQL_PARSE_FAILED');
    const wrongValue = await ask(
      url,
      JSON.stringify({
        query: 'query ($on: Date) { day(on: $on) }',
        variables: { on: 'ROSSI-CANARY' },
      }),
    );
    expect(JSON.parse(wrongValue.text)).toMatchObject({ errors: [{}] });
    expect(wrongValue.text).not.toContain('CANARY');
    const malformed = await ask(url, '{"query": ');
    expect(malformed.status).toBe(400);
    expect(JSON.parse(malformed.text)).toMatchObject({
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
    expect(lines.join('')).not.toContain('CANARY');
  });

  it('answers the third time as the first, also where a required variable is left to its default', async () => {
    const { url } = await start({ asOf: null });
    const query =
      'query ($on: Date! = "2026-02-28", $after: String) { days(on: $on, after: $after) }';
    for (const variables of [{}, {}, {}, { on: '2026-03-01' }]) {
      const { text } = await ask(url, JSON.stringify({ query, variables }));
      expect(JSON.parse(text)).toMatchObject({ data: { days: [variables.on ?? '2026-02-28'] } });
    }
  });

  it('masks an error of a compiled query as it masks the first', async () => {
    const { url } = await start({ asOf: null });
    for (let time = 0; time < 3; time += 1) {
      const { text } = await ask(url, JSON.stringify({ query: '{ refused broken }' }));
      const { errors } = JSON.parse(text) as { errors: { extensions: { code: string } }[] };
      expect(errors.map(({ extensions }) => extensions.code)).toEqual([
        'UNAVAILABLE',
        'INTERNAL_SERVER_ERROR',
      ]);
      expect(text).not.toContain('CANARY');
    }
  });

  it('is live at once and ready when its store is', async () => {
    const { url } = await start({ isReady: false });
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/health/ready`)).status).toBe(503);
  });
});
