import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { Logger } from '@tavolo/subgraph-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DocumentNode } from 'graphql';
import { answerPlugin } from './answer-plugin.ts';
import { BoundedMap } from './bounded-map.ts';
import { disableTelemetry } from './disable-telemetry.ts';
import { createFetchOperationReader } from './fetch-operation.ts';
import { knownOperationRule } from './known-operation-rule.ts';
import { maskError } from './mask-error.ts';
import type { OperationHolder } from './operation-context.ts';
import type { SubgraphClients } from './subgraph-clients.ts';
import { createSubgraphDataSource } from './subgraph-data-source.ts';
import type { Supergraph } from './supergraph/read-supergraph.ts';
import { withSources } from './with-sources.ts';

/** One supergraph version, served by a gateway that never changes. */
export interface Generation {
  readonly supergraph: Supergraph;
  /** Answers one HTTP request with this version from beginning to end. */
  handle(
    request: FastifyRequest,
    reply: FastifyReply,
    admitted: OperationHolder & { readonly query: string },
  ): Promise<unknown>;
  stop(): Promise<void>;
}

/** What every generation shares. */
export interface GenerationParts {
  readonly clients: SubgraphClients;
  readonly maxTokens: number;
  readonly queryPlanCacheMiB: number;
  readonly documentCacheEntries: number;
  readonly defaultRetryAfterSeconds: number;
  readonly logger: Logger;
}

/** Builds everything a version needs before any request sees it; rejects when the library refuses the file. */
export async function startGeneration(
  supergraph: Supergraph,
  parts: GenerationParts,
): Promise<Generation> {
  disableTelemetry();
  const { logger } = parts;
  const lease = parts.clients.lease(supergraph.subgraphs);
  const readOperation = createFetchOperationReader();
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph.executionSdl,
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    experimental_approximateQueryPlanStoreMiB: parts.queryPlanCacheMiB,
    logger: quiet(logger),
    buildService: ({ name }) =>
      createSubgraphDataSource({
        name,
        client: lease.clientOf(name),
        readOperation,
        schema: () => supergraph.schema,
        defaultRetryAfterSeconds: parts.defaultRetryAfterSeconds,
        logger,
      }),
  });
  const contexts = new WeakMap<FastifyRequest, OperationHolder>();
  const server = new ApolloServer<OperationHolder>({
    gateway,
    // Asked of the gate, which shows each caller its own part; nothing of it comes this far.
    introspection: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    hideSchemaDetailsFromClientErrors: true,
    validationRules: [knownOperationRule],
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // Otherwise several defaults follow NODE_ENV.
    nodeEnv: 'production',
    parseOptions: { maxLexicalTokens: parts.maxTokens },
    documentStore: documentStore(parts.documentCacheEntries),
    logger: quiet(logger),
    formatError: (formatted, error) => maskError(formatted, error, logger),
    stringifyResult: (result) => JSON.stringify(withSources(result)),
    plugins: [
      answerPlugin,
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
  try {
    await server.start();
  } catch (error) {
    lease.release();
    throw error;
  }
  const handler = fastifyApolloHandler(server, {
    context: async (request) => {
      const context = contexts.get(request);
      if (!context) throw new Error('a request without its operation');
      return context;
    },
  });
  return {
    supergraph,
    handle(request, reply, { operation, query }) {
      contexts.set(request, { operation });
      // A trusted document was named by its id: the server gets its text.
      if (typeof request.body === 'object' && request.body !== null && !('query' in request.body)) {
        request.body = { ...request.body, query };
      }
      // Fastify types a handler as bound to its instance; Apollo's does not use it.
      return (handler as (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>)(
        request,
        reply,
      );
    },
    async stop() {
      await server.stop();
      lease.release();
    },
  };
}

/** The library greets at every load; its greetings are debugging, its errors are ours to tell. */
function quiet(logger: Logger) {
  const debug = (message?: unknown) => logger.debug({ library: String(message).slice(0, 200) });
  return { debug, info: debug, warn: debug, error: debug };
}

function documentStore(maxEntries: number) {
  const documents = new BoundedMap<string, DocumentNode>(maxEntries);
  return {
    get: async (key: string) => documents.get(key),
    set: async (key: string, document: DocumentNode) => documents.set(key, document),
    delete: async (key: string) => documents.delete(key),
  };
}
