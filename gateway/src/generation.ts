import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger } from '@tavolo/process-kit';
import { type DocumentNode, GraphQLError, type GraphQLFormattedError, parse } from 'graphql';
import { BoundedMap } from './bounded-map.ts';
import { createSubgraphSource } from './create-subgraph-source.ts';
import { disableTelemetry } from './disable-telemetry.ts';
import type { Cacheability } from './entity-cache/cacheability.ts';
import { errorCodes, isErrorCode } from './error-codes.ts';
import { createExecutor } from './executor/create-executor.ts';
import type { ExecutedAnswer } from './executor/executor.ts';
import type { PlanMemory } from './executor/planning/plan-memory.ts';
import type { PlannerThread } from './executor/planning/planner.ts';
import { readGraphFacts } from './executor/planning/read-graph-facts.ts';
import type { CachedEntities } from './executor/running/cached-entities.ts';
import type { Question } from './gate/gate.ts';
import type { GraphqlAnswer } from './http/graphql-answer.ts';
import { answerOfCode } from './http/status-of.ts';
import { knownOperationRule } from './known-operation-rule.ts';
import { maskError } from './mask-error.ts';
import { createRehearsal, type OperationContext } from './operation-context.ts';
import { createMismatchWatch } from './schema-mismatch.ts';
import type { SubgraphClients } from './subgraph-clients.ts';
import type { Supergraph } from './supergraph/read-supergraph.ts';
import { neutralVariables } from './warm-up/neutral-variables.ts';
import type { PlannedOperation } from './warm-up/recent-operations.ts';

/** One supergraph version, served by a gateway that never changes. */
export interface Generation {
  readonly supergraph: Supergraph;
  /** What of it may be kept. */
  readonly cacheability: Cacheability;
  /** Subgraphs whose servers were found to differ from their published schemas. */
  readonly mismatched: readonly string[];
  /** Answers one question with this version from beginning to end. */
  answer(question: Admitted, operation: OperationContext): Promise<GraphqlAnswer>;
  /** Plans an operation as a question in these words would have it planned; asks no subgraph. */
  plan(operation: PlannedOperation): Promise<void>;
  stop(): Promise<void>;
}

/** A question that the gate let pass. */
export type Admitted = Pick<Question, 'operationName' | 'variables'> & { readonly query: string };

/** What every generation shares. */
export interface GenerationParts {
  readonly clients: SubgraphClients;
  readonly planners: PlannerThread;
  readonly plans: PlanMemory;
  readonly cachedEntities: CachedEntities;
  /** Whether the library checks the whole text once more: half of its load, and no news of what a registry composed. */
  readonly validateSupergraph: boolean;
  readonly maxTokens: number;
  readonly documentCacheEntries: number;
  readonly defaultRetryAfterSeconds: number;
  readonly logger: Logger;
}

/** What the server's pipeline hands the executor, and gets back from it. */
interface Holder {
  readonly operation: OperationContext;
  outcome: ExecutedAnswer | GraphQLError | undefined;
}

/** Builds everything a version needs before any request sees it; rejects when the library refuses the file. */
export async function startGeneration(
  supergraph: Supergraph,
  parts: GenerationParts,
): Promise<Generation> {
  disableTelemetry();
  const { logger } = parts;
  const mismatches = createMismatchWatch(supergraph.version, logger);
  const { plannerSdl, facts } = readGraphFacts(supergraph);
  const planner = await parts.planners.load(plannerSdl, parts.validateSupergraph);
  const lease = parts.clients.lease(supergraph.subgraphs);
  const sources = new Map(
    supergraph.subgraphs.map(({ name }) => [
      name,
      createSubgraphSource({
        name,
        client: lease.clientOf(name),
        schema: supergraph.schema,
        mismatches,
        defaultRetryAfterSeconds: parts.defaultRetryAfterSeconds,
        logger,
      }),
    ]),
  );
  const executor = createExecutor({
    supergraph,
    facts,
    planner,
    plans: parts.plans,
    sourceOf(name) {
      const source = sources.get(name);
      if (!source) throw new Error(`the supergraph has no subgraph ${name}`);
      return source;
    },
    onMismatch: (subgraph, coordinate) => mismatches.note(subgraph, coordinate),
    cachedEntities: parts.cachedEntities,
    maxOperations: parts.documentCacheEntries,
  });
  /** Documents that the server has parsed and found valid, by their text. */
  const valid = new BoundedMap<string, DocumentNode>(parts.documentCacheEntries, {
    maxSize: 8 * 1024 * 1024,
    sizeOf: () => 1,
  });

  async function execute(
    document: DocumentNode,
    { query, operationName, variables }: Admitted,
    operation: OperationContext,
  ): Promise<ExecutedAnswer | GraphQLError> {
    try {
      const prepared = await executor.prepare({ document, hash: query, operationName });
      return await executor.run(prepared, variables, operation);
    } catch (error) {
      if (error instanceof GraphQLError) return error;
      throw error;
    }
  }

  /** The whole of the library's pipeline: for documents that nobody asked before. */
  const server = new ApolloServer<{ readonly holder: Holder }>({
    gateway: {
      onSchemaLoadOrUpdate(callback) {
        callback({
          apiSchema: supergraph.clientSchema,
          coreSupergraphSdl: supergraph.executionSdl,
        });
        return () => undefined;
      },
      load: async () => ({
        executor: async ({ document, source, operationName, request, context }) => {
          const { holder } = context as { readonly holder: Holder };
          const question = {
            query: source,
            operationName: operationName ?? undefined,
            variables: request.variables ?? {},
          };
          valid.set(source, document);
          holder.outcome = await execute(document, question, holder.operation);
          // The answer itself goes past the library, which would build it once more.
          return { data: {} };
        },
      }),
      stop: async () => undefined,
    },
    // Asked of the gate, which shows each caller its own part; nothing of it comes this far.
    introspection: false,
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    hideSchemaDetailsFromClientErrors: true,
    validationRules: [knownOperationRule],
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // Otherwise several defaults follow NODE_ENV.
    nodeEnv: 'production',
    parseOptions: { maxLexicalTokens: parts.maxTokens },
    documentStore: null,
    logger: quiet(logger),
    formatError: (formatted, error) => maskError(formatted, error, logger),
    plugins: [
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
    planner.release();
    throw error;
  }

  /** Through the server, once: after that the document is known. */
  async function askServer(
    { query, operationName, variables }: Admitted,
    operation: OperationContext,
  ): Promise<ExecutedAnswer | GraphQLError | readonly GraphQLFormattedError[]> {
    const holder: Holder = { operation, outcome: undefined };
    const { body } = await server.executeOperation(
      { query, variables, ...(operationName === undefined ? {} : { operationName }) },
      { contextValue: { holder } },
    );
    if (holder.outcome) return holder.outcome;
    return body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
  }

  return {
    supergraph,
    cacheability: facts.cacheability,
    get mismatched() {
      return mismatches.subgraphs;
    },
    async answer(question, operation) {
      const document = valid.get(question.query);
      const outcome = document
        ? await execute(document, question, operation)
        : await askServer(question, operation);
      if ('text' in outcome) {
        operation.hasErrors = outcome.hasErrors;
        operation.counted = operation.admission?.count(outcome.contents()) ?? null;
        return { kind: 'answered', text: outcome.text };
      }
      const errors =
        outcome instanceof GraphQLError ? [maskError(outcome.toJSON(), outcome, logger)] : outcome;
      return refusedAnswer(errors, operation);
    },
    async plan({ query, operationName }) {
      const document = parse(query, { noLocation: true, maxTokens: parts.maxTokens });
      await askServer(
        {
          query,
          operationName,
          variables: neutralVariables(document, supergraph.clientSchema),
        },
        createRehearsal(),
      );
    },
    async stop() {
      await server.stop();
      await executor.stop();
      lease.release();
    },
  };
}

/** Nothing was asked of anybody: each error tells what to do, and the id that log and evidence know it by. */
function refusedAnswer(
  errors: readonly GraphQLFormattedError[],
  operation: OperationContext,
): GraphqlAnswer {
  const told = errors.map((error) => {
    const code = error.extensions?.['code'];
    if (!isErrorCode(code)) return error;
    const { advice } = errorCodes[code];
    return { ...error, extensions: { errorId: operation.requestId, ...error.extensions, advice } };
  });
  const first = told[0]?.extensions?.['code'];
  const code = isErrorCode(first) ? first : 'BAD_REQUEST';
  operation.hasErrors = true;
  operation.refusal = { code };
  const extensions = { sources: operation.sources.list() };
  const text = JSON.stringify({ errors: told, extensions });
  return answerOfCode(code, code === 'INTERNAL_SERVER_ERROR' ? 500 : 400, text);
}

/** The library greets at every load; its greetings are debugging, its errors are ours to tell. */
function quiet(logger: Logger) {
  const debug = (message?: unknown) => logger.debug({ library: String(message).slice(0, 200) });
  return { debug, info: debug, warn: debug, error: debug };
}
