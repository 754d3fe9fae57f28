import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger } from '@tavolo/process-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DocumentNode, parse } from 'graphql';
import { answerPlugin } from './answer-plugin.ts';
import { BoundedMap } from './bounded-map.ts';
import { disableTelemetry } from './disable-telemetry.ts';
import { createFetchOperationReader } from './fetch-operation.ts';
import type { Question } from './gate/gate.ts';
import { knownOperationRule } from './known-operation-rule.ts';
import { maskError } from './mask-error.ts';
import {
  createOperationContext,
  type OperationContext,
  type OperationHolder,
} from './operation-context.ts';
import { createMismatchWatch } from './schema-mismatch.ts';
import type { SubgraphClients } from './subgraph-clients.ts';
import { createSubgraphDataSource } from './subgraph-data-source.ts';
import type { Supergraph } from './supergraph/read-supergraph.ts';
import { neutralVariables } from './warm-up/neutral-variables.ts';
import type { PlannedOperation } from './warm-up/recent-operations.ts';
import { withSources } from './with-sources.ts';

/** One supergraph version, served by a gateway that never changes. */
export interface Generation {
  readonly supergraph: Supergraph;
  /** Subgraphs whose servers were found to differ from their published schemas. */
  readonly mismatched: readonly string[];
  /** Answers one HTTP request with this version from beginning to end. */
  handle(
    request: FastifyRequest,
    reply: FastifyReply,
    operation: OperationContext,
    admitted: Admitted,
  ): Promise<unknown>;
  /** Plans an operation as a question in these words would have it planned; asks no subgraph. */
  plan(operation: PlannedOperation): Promise<void>;
  stop(): Promise<void>;
}

/** What every generation shares. */
export interface GenerationParts {
  readonly clients: SubgraphClients;
  /** Whether the library checks the whole text once more: half of its load, and no news of what a registry composed. */
  readonly validateSupergraph: boolean;
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
  const mismatches = createMismatchWatch(supergraph.version, logger);
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph.executionSdl,
    validateSupergraph: parts.validateSupergraph,
    __exposeQueryPlanExperimental: false,
    // Planning holds the thread: of thousands of equal plans the first few hundred are as good as the best.
    queryPlannerConfig: { debug: { maxEvaluatedPlans: 200 } },
    experimental_approximateQueryPlanStoreMiB: parts.queryPlanCacheMiB,
    logger: quiet(logger),
    buildService: ({ name }) =>
      createSubgraphDataSource({
        name,
        client: lease.clientOf(name),
        readOperation,
        schema: () => supergraph.schema,
        mismatches,
        defaultRetryAfterSeconds: parts.defaultRetryAfterSeconds,
        logger,
      }),
  });
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
  return {
    supergraph,
    get mismatched() {
      return mismatches.subgraphs;
    },
    async handle(request, reply, operation, admitted) {
      const isGet = request.method === 'GET';
      const { status, headers, body } = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method,
          headers: headersOf(request),
          // Written anew: what the gate read and what is run cannot be two different questions.
          search: isGet ? searchOf(admitted) : '',
          body: isGet ? undefined : bodyOf(admitted),
        },
        context: async () => ({ operation }),
      });
      for (const [name, value] of headers) reply.header(name, value);
      reply.status(status ?? 200);
      // Incremental delivery is not asked of the executor.
      if (body.kind !== 'complete') throw new Error('an answer in parts');
      return reply.send(body.string);
    },
    async plan({ query, operationName }) {
      const document = parse(query, { noLocation: true, maxTokens: parts.maxTokens });
      const context = createOperationContext({
        signal: new AbortController().signal,
        remainingMs: () => 0,
      });
      await server.executeOperation(
        {
          query,
          variables: neutralVariables(document, supergraph.clientSchema),
          ...(operationName === undefined ? {} : { operationName }),
        },
        { contextValue: { operation: { ...context, isRehearsal: true } } },
      );
    },
    async stop() {
      await server.stop();
      lease.release();
    },
  };
}

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

type Admitted = Pick<Question, 'query' | 'operationName' | 'variables'>;

function bodyOf({ query = '', operationName, variables }: Admitted) {
  return { query, variables, ...(operationName === undefined ? {} : { operationName }) };
}

function searchOf(admitted: Admitted): string {
  const { variables, ...texts } = bodyOf(admitted);
  return `?${String(new URLSearchParams({ ...texts, variables: JSON.stringify(variables) }))}`;
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
