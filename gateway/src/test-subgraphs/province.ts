import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@tavolo/process-kit';
import { GraphQLError } from 'graphql';
import { type GatewayOptions, type RunningGateway, startGateway } from '../gateway.ts';
import { compose } from './compose.ts';
import { createOpenGate } from './open-gate.ts';
import { startTestSubgraph, type TestSubgraph } from './start-test-subgraph.ts';
import { thisMachine } from './this-machine.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@inaccessible"])`;

const receptionTypeDefs = `${link}
  type Query { facilities: [Facility!] facility(id: ID!): Facility slow: String }
  type Mutation { closeFacility(id: ID!): Facility }
  type Facility { id: ID! name: String! places: Int guests: [Person!] }
  type Person @key(fields: "id") { id: ID! entryAt: String }
`;

const healthTypeDefs = `${link}
  type Query { sites: [String!] }
  type Person @key(fields: "id") {
    id: ID!
    entryAt: String @external
    events: [String!]
    lastSite: Site
    hoursToFirstEvent: Float @requires(fields: "entryAt")
  }
  type Site { name: String }
`;

const facilities = [
  {
    id: 'f1',
    name: 'Casa Uno',
    places: 12,
    guests: [
      { id: 'p1', entryAt: '2026-01-01' },
      { id: 'p2', entryAt: null },
    ],
  },
  { id: 'f2', name: 'Casa Due', places: 8, guests: [{ id: 'p3', entryAt: '2026-02-01' }] },
];

const receptionResolvers = {
  Query: {
    facilities: () => facilities,
    facility: (_: unknown, { id }: { id: string }) => {
      if (id === 'secret') {
        throw new GraphQLError('FORBIDDEN here', { extensions: { code: 'FORBIDDEN' } });
      }
      if (id === 'sql') {
        throw new Error(
          "duplicate key: SELECT * FROM persone WHERE cf = 'XX' at http://10.0.0.7/db",
        );
      }
      return facilities.find((facility) => facility.id === id);
    },
  },
  Mutation: { closeFacility: () => facilities[0] },
  Person: {
    __resolveReference: ({ id }: { id: string }) =>
      facilities.flatMap(({ guests }) => guests).find((guest) => guest.id === id) ?? null,
  },
};

const healthResolvers = {
  Query: { sites: () => ['Parma'] },
  Person: {
    __resolveReference: (reference: { id: string }) => reference,
    events: ({ id }: { id: string }) => [`event of ${id}`],
    lastSite: () => ({ name: 'Fidenza' }),
    hoursToFirstEvent: ({ entryAt }: { entryAt: string | null }) => (entryAt ? 12 : null),
  },
};

/** Two institutions and a gateway in front of them. */
export interface TestProvince {
  readonly gateway: RunningGateway;
  readonly reception: TestSubgraph;
  readonly health: TestSubgraph;
  readonly sdl: string;
  readonly supergraphFile: string;
  ask(query: string, variables?: object): Promise<Answer>;
  close(): Promise<void>;
}

/** A GraphQL answer as tests look at it. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions: { readonly sources: readonly Readonly<Record<string, unknown>>[] };
}

/** Composes, writes the supergraph to a temporary folder and starts everything on free ports. */
export async function startTestProvince(
  options: Partial<GatewayOptions> = {},
): Promise<TestProvince> {
  const reception = await startTestSubgraph(receptionTypeDefs, receptionResolvers);
  const health = await startTestSubgraph(healthTypeDefs, healthResolvers);
  const sdl = compose([
    { name: 'reception', typeDefs: receptionTypeDefs, url: reception.url },
    { name: 'health', typeDefs: healthTypeDefs, url: health.url },
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const supergraphFile = join(folder, 'supergraph.graphql');
  await writeFile(supergraphFile, sdl);
  const gateway = await startGateway({
    supergraphFile,
    allowedNetworks: thisMachine,
    host: '127.0.0.1',
    port: 0,
    logger: createLogger({ name: 'gateway', level: 'silent' }),
    random: () => 0,
    gate: createOpenGate(),
    ...options,
  });
  return {
    gateway,
    reception,
    health,
    sdl,
    supergraphFile,
    ask: (query, variables) => askGateway(gateway.url, query, variables),
    async close() {
      await gateway.close();
      await Promise.all([reception.close(), health.close()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** Asks as an ordinary client does. */
export async function askGateway(url: string, query: string, variables?: object): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  // The tests assert on what is in it.
  return { ...(JSON.parse(text) as Answer), status: response.status, text };
}
