import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { ContextSigningKey } from '@tavolo/caller-context';
import { createLogger } from '@tavolo/process-kit';
import {
  districtsOf,
  HubError,
  type RunningSubgraph,
  readPageRequest,
  startSubgraph,
  toConnection,
} from '@tavolo/subgraph-kit';
import { afterEach, describe, expect, it } from 'vitest';
import { runConformance } from './index.ts';

const key: ContextSigningKey = {
  ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
  kid: 'conformance',
};

const typeDefs = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  type PageInfo @shareable {
    hasNextPage: Boolean!
    endCursor: String
  }
  type Person @key(fields: "trialKey") {
    trialKey: ID!
    visits: [Visit!]
  }
  type Visit @key(fields: "id") {
    id: ID!
    kind: String
    person: Person
  }
  type VisitConnection {
    nodes: [Visit!]!
    pageInfo: PageInfo!
  }
  type Query {
    visits(first: Int! = 50, after: String): VisitConnection
    "For one role only, and null for the others."
    visitsForFacts(first: Int! = 50, after: String): VisitConnection
  }
`;

const rows = Array.from({ length: 30 }, (_, index) => ({
  id: `visit-${String(index).padStart(3, '0')}`,
  kind: 'LISTENING',
  personKey: `person-${index % 10}`,
}));
type Row = (typeof rows)[number];
interface Context {
  readonly roles: readonly string[];
  readonly visits: readonly Row[];
}

interface Page {
  readonly first: number;
  readonly after?: string | null;
}

function pageOf(visits: readonly Row[], given: Page) {
  const page = readPageRequest(given);
  const after = visits.filter(({ id }) => page.afterId === undefined || id > page.afterId);
  return toConnection(after.slice(0, page.size + 1), page, ({ id }) => id);
}

/** Written as a service is: nothing is done about wrong keys, that is the kit's part. */
const resolvers = {
  Query: {
    visits: (_parent: unknown, given: Page, { visits }: Context) => pageOf(visits, given),
    visitsForFacts: (_parent: unknown, given: Page, { visits, roles }: Context) =>
      roles.join() === 'fact-loader' ? pageOf(visits, given) : null,
  },
  Person: {
    __resolveReference: ({ trialKey }: { trialKey: string }) => ({ trialKey: trialKey.trim() }),
    visits: ({ trialKey }: { trialKey: string }, _given: unknown, { visits }: Context) =>
      visits.filter(({ personKey }) => personKey === trialKey),
  },
  Visit: {
    __resolveReference({ id }: { id: string }, { visits }: Context) {
      if (id.trim() === '') throw new HubError('BAD_USER_INPUT', 'An id is not empty');
      return visits.find((row) => row.id === id) ?? null;
    },
    person: ({ personKey }: Row) => ({ trialKey: personKey }),
  },
};

let running: RunningSubgraph | undefined;
afterEach(() => running?.close());

describe.each(['apollo', 'mercurius'] as const)('a subgraph of ours, on %s', (engine) => {
  it('keeps every promise that can be tried', { timeout: 60_000 }, async () => {
    const { kid, x = '' } = key;
    running = await startSubgraph<Context>({
      engine,
      name: 'trial',
      typeDefs,
      resolvers,
      gatewayKeys: { keys: [{ kty: 'OKP', crv: 'Ed25519', x, kid }] },
      createContext: (_request, caller) => ({
        roles: caller.roles,
        visits: districtsOf(caller, undefined)?.length === 0 ? [] : rows,
      }),
      sourceStatus: async () => ({ asOf: '2026-11-22T04:00:00Z', completeness: 1, stale: false }),
      isReady: async () => true,
      host: '127.0.0.1',
      port: 0,
      logger: createLogger({ name: 'trial', level: 'silent' }),
    });
    const { results } = await runConformance({
      url: running.url,
      subgraph: 'trial',
      contextKey: key,
      issuer: 'tavolo-gateway',
      publishedSdl: typeDefs,
      now: () => new Date(),
      newId: randomUUID,
      limits: { deadlineGraceMs: 5_000, manyKeys: 200, manyKeysFloorMs: 5_000 },
    });
    expect(results.filter(({ outcome }) => outcome === 'BROKEN')).toEqual([]);
    const notTried = results.filter(({ outcome }) => outcome === 'NOT_TRIED');
    expect(notTried.map(({ code }) => code)).toEqual([
      'ENTITIES_BACKEND_CALLS_BOUNDED',
      'PAGE_TOTAL_CONSISTENT',
      'NO_CANARIES',
    ]);
  });
});
