import { generateKeyPairSync } from 'node:crypto';
import { request as send } from 'node:http';
import { contextHeader } from '@tavolo/caller-context';
import { readConfig } from '@tavolo/process-kit';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSubgraph } from './start-subgraph.ts';
import { subgraphConfig } from './subgraph-config.ts';
import type { RunningSubgraph } from './subgraph-options.ts';
import { contextFor, signedFetch, testCaller, testGatewayKeys } from './testing/index.ts';

const typeDefs = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query {
    purpose: String
  }
  type Thing @key(fields: "id") {
    id: ID!
  }
`;
const body = JSON.stringify({ query: '{ purpose }' });
const start = Date.parse('2026-11-22T10:00:00Z');

function refusal(reason: string): string {
  return JSON.stringify({
    errors: [
      {
        message: 'This subgraph answers the gateway only, and this call does not come from it',
        extensions: { code: 'UNAUTHENTICATED', reason },
      },
    ],
  });
}

describe.each(['apollo', 'mercurius'] as const)('a subgraph on %s', (engine) => {
  let running: RunningSubgraph;
  let resolved = 0;
  let clock = start;
  const options = {
    engine,
    name: 'trial',
    typeDefs,
    resolvers: {
      Query: {
        purpose: (_parent: unknown, _args: unknown, context: { purpose: string }) => {
          resolved += 1;
          return context.purpose;
        },
      },
    },
    gatewayKeys: testGatewayKeys,
    now: () => new Date(clock),
    createContext: (_request: unknown, caller: { purposeId: string }) => ({
      purpose: caller.purposeId,
    }),
    sourceStatus: async () => ({ asOf: null, completeness: null, stale: true }),
    isReady: async () => true,
    host: '127.0.0.1',
    port: 0,
    logger: pino({ level: 'silent' }),
  };
  const asGateway = () => ({ url: running.url, subgraph: 'trial', now: () => new Date(clock) });
  const context = (subgraph = 'trial', bytes = body) =>
    contextFor({ subgraph, now: () => new Date(clock) }, bytes);

  async function call(
    headers: Record<string, string>,
    { method = 'POST', path = '/graphql', bytes = body } = {},
  ) {
    const response = await fetch(running.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: bytes }),
    });
    return { status: response.status, text: await response.text() };
  }

  beforeEach(async () => {
    clock = start;
    resolved = 0;
    running = await startSubgraph(options);
  });
  afterEach(() => running.close());

  it('tells its resolvers who asks and what for', async () => {
    const caller = testCaller({ purposeId: 'taking-charge' });
    const answer = await signedFetch({ ...asGateway(), caller }, body);
    expect(await answer.json()).toMatchObject({ data: { purpose: 'taking-charge' } });
    expect(resolved).toBe(1);
  });

  it('answers nobody directly, whatever the method, content type or body', async () => {
    for (const method of ['POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      for (const type of ['application/json', 'application/graphql', 'text/plain', 'x/y']) {
        const path = method === 'GET' ? '/graphql?query=%7Bpurpose%7D' : '/graphql';
        const answer = await call({ 'content-type': type }, { method, path });
        expect([method, type, answer]).toEqual([
          method,
          type,
          { status: 401, text: refusal('CONTEXT_MISSING') },
        ]);
      }
    }
    for (const bytes of ['', '{', 'x'.repeat(5_000_000)]) {
      expect((await call({}, { bytes })).status).toBe(401);
    }
    expect(resolved).toBe(0);
  });

  it('answers a context once', async () => {
    const headers = { [contextHeader]: context() };
    expect((await call(headers)).status).toBe(200);
    expect(await call(headers)).toEqual({ status: 401, text: refusal('CONTEXT_REPLAYED') });
    expect(resolved).toBe(1);
  });

  it('refuses a changed body, a context of another subgraph, an old one and a broken one', async () => {
    const old = context();
    const other = context('health-authority');
    const broken = `${context().slice(0, -4)}AAAA`;
    const changed = context('trial', '{"query":"{ __typename }"}');
    const answers = [];
    for (const token of [changed, other, broken]) {
      answers.push(await call({ [contextHeader]: token }));
    }
    clock = start + 66_000;
    answers.push(await call({ [contextHeader]: old }));
    expect(answers).toEqual(
      ['BODY_CHANGED', 'CONTEXT_INVALID', 'CONTEXT_INVALID', 'CONTEXT_EXPIRED'].map((reason) => ({
        status: 401,
        text: refusal(reason),
      })),
    );
    expect(resolved).toBe(0);
  });

  it('judges the call before it reads a word of the body', async () => {
    const malformed = '{"query": ';
    const stolen = await call({ [contextHeader]: context() }, { bytes: malformed });
    expect(stolen.status).toBe(401);
    const signed = await call(
      { [contextHeader]: context('trial', malformed) },
      { bytes: malformed },
    );
    expect(signed.status).toBe(400);
  });

  it('takes no question from a URL, even with a context', async () => {
    const headers = { [contextHeader]: context('trial', '') };
    const path = '/graphql?query=%7Bpurpose%7D';
    expect((await call(headers, { method: 'GET', path })).status).toBe(405);
    expect(resolved).toBe(0);
  });

  it('reads no more than it can hold', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = send(`${running.url}/graphql`, {
        method: 'POST',
        headers: { [contextHeader]: context(), 'transfer-encoding': 'chunked' },
      });
      sending.on('response', (response) => {
        resolve(response.statusCode);
        sending.destroy();
      });
      sending.on('error', reject);
      sending.write('x'.repeat(4_200_000));
    });
    expect(status).toBe(413);
  });

  it('says to anybody whether it lives', async () => {
    expect((await fetch(`${running.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(200);
  });

  it('does not start without a key of the gateway', async () => {
    await expect(startSubgraph({ ...options, gatewayKeys: { keys: [] } })).rejects.toThrow(
      /GATEWAY_KEYS/u,
    );
  });
});

describe('GATEWAY_KEYS', () => {
  const read = (value?: string) =>
    readConfig(subgraphConfig, {
      PORT: '0',
      ...(value === undefined ? {} : { GATEWAY_KEYS: value }),
    });

  it('are the public keys of a JWK Set', () => {
    expect(read(JSON.stringify(testGatewayKeys)).GATEWAY_KEYS).toEqual(testGatewayKeys);
  });

  it.each([
    ['nothing', undefined, /GATEWAY_KEYS: is missing/u],
    ['no JSON', 'secret-canary', /must be a JWK Set in JSON/u],
    ['no keys', '{"keys":[]}', /at least one public key/u],
    [
      'a private key',
      JSON.stringify({
        keys: [
          { ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid: 'one' },
        ],
      }),
      /holds a private key/u,
    ],
  ])('are refused: %s', (_what, value, problem) => {
    expect(() => read(value)).toThrow(problem);
    expect(() => read(value)).not.toThrow(/canary/u);
  });
});
