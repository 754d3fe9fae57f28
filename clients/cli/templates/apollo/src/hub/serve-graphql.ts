import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import fastifyApollo from '@as-integrations/fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { callerOf } from './admit-callers.ts';
import type { Caller } from './caller.ts';
import { deadlineOf } from './deadline.ts';
import { maskError } from './errors.ts';
import { readSourceStatus, type SourceStatus } from './source-status.ts';

/** What every question carries, whatever else the resolvers use. */
export interface GraphqlContext {
  readonly caller: Caller;
  /** Reads of the store this question made so far. */
  readonly calls: { count: number };
}

export interface GraphqlRoom {
  readonly schema: GraphQLSchema;
  /** Called once a request: loaders cache, so sharing them would leak rows between callers. */
  readonly createContext: (caller: Caller, signal: AbortSignal) => GraphqlContext;
  readonly sourceStatus: (context: GraphqlContext) => Promise<SourceStatus>;
  readonly logger: FastifyBaseLogger;
}

/** Serves the schema with Apollo Server on `/graphql`. */
export async function serveGraphql(app: FastifyInstance, room: GraphqlRoom): Promise<void> {
  const { schema, createContext, sourceStatus, logger } = room;
  const sourcePlugin: ApolloServerPlugin<GraphqlContext> = {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single') return;
          const source = await readSourceStatus(() => sourceStatus(contextValue), logger);
          const { singleResult } = response.body;
          singleResult.extensions = { ...singleResult.extensions, source };
        },
      };
    },
  };
  const server = new ApolloServer<GraphqlContext>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // The process has one owner of its end: run-until-signal.ts.
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => maskError(error, logger),
    logger,
    plugins: [ApolloServerPluginLandingPageDisabled(), sourcePlugin],
  });
  await server.start();
  await app.register(fastifyApollo(server), {
    path: '/graphql',
    method: ['POST'],
    context: async (request, reply) => createContext(callerOf(request), deadlineOf(request, reply)),
  });
  app.addHook('onClose', async () => server.stop());
}
