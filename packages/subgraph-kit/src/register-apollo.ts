import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import fastifyApollo from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import { callerOf } from './caller-of.ts';
import { maskUnknownError } from './mask-unknown-errors.ts';
import { readSourceStatus } from './source-status.ts';
import type { SubgraphOptions } from './subgraph-options.ts';
import { createSubgraphSchema } from './subgraph-schema.ts';

/** Serves the schema with Apollo Server on `/graphql`. */
export async function registerApollo<Context extends object>(
  app: FastifyInstance,
  options: SubgraphOptions<Context>,
): Promise<void> {
  const { typeDefs, resolvers, createContext, sourceStatus, logger } = options;
  const sourcePlugin: ApolloServerPlugin<Context> = {
    async requestDidStart() {
      return {
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          response.body.singleResult.extensions = {
            ...response.body.singleResult.extensions,
            source: await readSourceStatus(sourceStatus, logger),
          };
        },
      };
    },
  };
  const server = new ApolloServer<Context>({
    schema: createSubgraphSchema(typeDefs, resolvers),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => maskUnknownError(error, logger),
    logger,
    plugins: [ApolloServerPluginLandingPageDisabled(), sourcePlugin],
  });
  await server.start();
  await app.register(fastifyApollo(server), {
    path: '/graphql',
    method: ['POST'],
    context: async (request) => createContext(request, callerOf(request)),
  });
  // Fastify drains requests in flight before this hook, so the server's own drain plugin is not needed;
  // the two together would wait for each other.
  app.addHook('onClose', async () => server.stop());
}
