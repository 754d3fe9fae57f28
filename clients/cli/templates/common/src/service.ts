import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { FastifyBaseLogger } from 'fastify';
import { type GraphQLSchema, parse } from 'graphql';
import { createContext } from './context.ts';
import type { GatewayKeys } from './hub/gateway-keys.ts';
import { keepEntitiesApart } from './hub/keep-entities-apart.ts';
import { type RunningServer, startServer } from './hub/start-server.ts';
import { resolvers } from './resolvers.ts';
import type { EnrolmentStore } from './store/enrolment-store.ts';

/** As the hub's registry knows this subgraph: calls signed for another one are refused. */
export const subgraphName = '__NAME__';

export interface ServiceOptions {
  readonly store: EnrolmentStore;
  readonly gatewayKeys: GatewayKeys;
  readonly issuer: string;
  readonly host: string;
  readonly port: number;
  readonly logger: FastifyBaseLogger;
  readonly now: () => Date;
  /** Says on every answer how often the store was read: for the test of the contract only. */
  readonly tellsCalls?: boolean;
}

/** Serves the subgraph over this store; closing it closes the store as well. */
export async function startService(options: ServiceOptions): Promise<RunningServer> {
  const { store, gatewayKeys, tellsCalls = false, ...rest } = options;
  const running = await startServer({
    ...rest,
    keys: gatewayKeys,
    audience: subgraphName,
    schema: createSchema(),
    createContext: (caller, signal) => createContext(store, caller, signal),
    sourceStatus: async ({ calls }) => {
      const status = await store.status();
      return tellsCalls ? { ...status, backendCalls: calls.count } : status;
    },
    isReady: () => store.isReady(),
  });
  return {
    url: running.url,
    async close() {
      await running.close();
      await store.close();
    },
  };
}

function createSchema(): GraphQLSchema {
  const typeDefs = parse(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));
  type Module = Extract<
    Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number],
    { typeDefs: unknown }
  >;
  // The library types every context as unknown; the resolvers name theirs.
  const checked = resolvers as unknown as NonNullable<Module['resolvers']>;
  return keepEntitiesApart(buildSubgraphSchema([{ typeDefs, resolvers: checked }]));
}
