import type { GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from '@tavolo/process-kit';
import type { GraphQLSchema } from 'graphql';
import { collectErrors } from './collect-errors.ts';
import { conformShape } from './conform-shape.ts';
import type { FetchOperation } from './fetch-operation.ts';
import type { OperationContext, OperationHolder } from './operation-context.ts';
import { type MismatchWatch, readSchemaComplaint } from './schema-mismatch.ts';
import { readAnnouncedSource, type SourceEntry } from './sources.ts';
import { failureErrors, type PublicError, publicErrorOf } from './subgraph-answer.ts';
import type { SubgraphClient } from './subgraph-client.ts';
import { SubgraphFailure } from './subgraph-failure.ts';

type ProcessOptions = Parameters<GraphQLDataSource<OperationHolder>['process']>[0];
type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** What a data source needs besides the question. */
export interface SubgraphDataSourceParts {
  readonly name: string;
  readonly client: SubgraphClient;
  readonly readOperation: (query: string) => FetchOperation;
  /** The supergraph with everything in it, also what clients do not see. */
  schema(): GraphQLSchema;
  /** Hears when the server's schema is another than the one in the graph. */
  readonly mismatches: MismatchWatch;
  readonly defaultRetryAfterSeconds: number;
  readonly logger: Logger;
}

interface Usable {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly unknown[];
  readonly extensions: unknown;
}

/**
 * Asks one subgraph on behalf of the executor. Never rejects: a partner that cannot answer costs its own
 * fields only, so its failure comes back as errors beside no data.
 */
export function createSubgraphDataSource(
  parts: SubgraphDataSourceParts,
): GraphQLDataSource<OperationHolder> {
  const { name, client, logger } = parts;

  async function ask(
    request: ProcessOptions['request'],
    context: OperationContext,
  ): Promise<Answer> {
    const operation = parts.readOperation(request.query ?? '');
    const startedAt = performance.now();
    const finish = (
      entry: SourceEntry,
      errors: readonly PublicError[],
      data?: Usable['data'],
    ): Answer => {
      context.sources.add(entry);
      const ms = Math.round(performance.now() - startedAt);
      context.calls.push({ subgraph: name, ms, status: entry.status });
      return {
        data: data ?? null,
        ...(errors.length > 0 ? { errors: collectErrors(errors, context.errors) } : {}),
      };
    };
    const representations: unknown = request.variables?.['representations'];
    const asked = Array.isArray(representations) ? representations.length : undefined;
    const suspended = context.passage?.suspended(name);
    if (suspended !== undefined) {
      const failure = new SubgraphFailure('SUSPENDED', { denied: true });
      return finish(
        { name, status: 'DENIED', asOf: null, completeness: null, reason: 'SUSPENDED' },
        failureErrors(name, failure, operation.wantedPaths, asked, 0),
      );
    }
    try {
      const body = JSON.stringify({
        query: request.query,
        ...(request.variables ? { variables: request.variables } : {}),
        ...(request.operationName ? { operationName: request.operationName } : {}),
      });
      const answer = await client.ask({
        body,
        isQuery: operation.isQuery,
        requestId: context.requestId,
        callerContext: () => context.passage?.contextFor(name, body),
        signal: context.signal,
        remainingMs: () => context.remainingMs(),
      });
      const usable = readUsable(answer, asked);
      if (usable.data === null) refuseOtherSchema(usable.errors);
      const [firstWanted] = operation.wantedPaths;
      const shown = usable.errors.map((error) =>
        publicErrorOf(error, {
          subgraph: name,
          requestId: context.requestId,
          retryAfterSeconds: parts.defaultRetryAfterSeconds,
          // An error that is nobody's in particular took the whole answer with it.
          placeWithoutPath: usable.data === null ? firstWanted : undefined,
          logger,
        }),
      );
      const misshapen = usable.data ? conformShape(parts.schema(), operation, usable.data) : [];
      for (const { path } of misshapen) shown.push(misshapenError(name, path));
      const entry = entryOf(name, usable, shown, parts.defaultRetryAfterSeconds);
      const [first] = misshapen;
      if (first) parts.mismatches.note(name, first.coordinate);
      return finish(
        first ? { ...entry, reason: entry.reason ?? 'SCHEMA_MISMATCH' } : entry,
        shown,
        usable.data,
      );
    } catch (error) {
      if (!(error instanceof SubgraphFailure)) throw error;
      const retryAfterSeconds = error.retryAfterSeconds ?? parts.defaultRetryAfterSeconds;
      const denied = error.outcome === 'DENIED';
      return finish(
        {
          name,
          status: error.outcome,
          asOf: null,
          completeness: null,
          ...(denied ? {} : { reason: error.reason, retryAfterSeconds }),
        },
        failureErrors(name, error, operation.wantedPaths, asked, retryAfterSeconds),
      );
    }
  }

  /** The server did not understand what the planner wrote: it does not serve the schema it published. */
  function refuseOtherSchema(errors: readonly unknown[]): void {
    const complaint = readSchemaComplaint(errors, parts.schema());
    if (!complaint) return;
    parts.mismatches.note(name, complaint.coordinate);
    throw new SubgraphFailure('SCHEMA_MISMATCH');
  }

  return {
    async process(options) {
      if (!('incomingRequestContext' in options)) {
        throw new Error('subgraphs are only asked on behalf of an operation');
      }
      const { operation } = options.context;
      // The plan is made by now, which is all that a rehearsal is for.
      return operation.isRehearsal ? { data: null } : ask(options.request, operation);
    },
  };
}

/** The parts of a well-formed GraphQL answer with as many entities as were asked for, or a failure. */
function readUsable(answer: object, asked: number | undefined): Usable {
  const data = 'data' in answer ? answer.data : undefined;
  const errors = 'errors' in answer ? answer.errors : undefined;
  const extensions = 'extensions' in answer ? answer.extensions : undefined;
  const errorList: readonly unknown[] = Array.isArray(errors) ? errors : [];
  if (errors !== undefined && errors !== null && !Array.isArray(errors)) {
    throw new SubgraphFailure('INVALID_ANSWER');
  }
  if (data === undefined || data === null) {
    if (errorList.length === 0) throw new SubgraphFailure('INVALID_ANSWER');
    return { data: null, errors: errorList, extensions };
  }
  if (typeof data !== 'object' || Array.isArray(data)) throw new SubgraphFailure('INVALID_ANSWER');
  if (asked !== undefined) {
    const entities = '_entities' in data ? data._entities : undefined;
    if (!Array.isArray(entities) || entities.length !== asked) {
      if (errorList.length === 0) throw new SubgraphFailure('INVALID_ANSWER');
      return { data: null, errors: errorList, extensions };
    }
  }
  // Checked just above: an object, and not a list.
  return { data: data as Record<string, unknown>, errors: errorList, extensions };
}

function entryOf(
  name: string,
  usable: Usable,
  errors: readonly PublicError[],
  retryAfterSeconds: number,
): SourceEntry {
  const entry = readAnnouncedSource(name, usable.extensions);
  const codes = new Set(errors.map((error) => error.extensions.code));
  const failed =
    codes.has('UNAVAILABLE') || (usable.data === null && codes.has('INTERNAL_SERVER_ERROR'));
  if (failed)
    return { ...entry, status: 'UNAVAILABLE', reason: 'REPORTED_BY_SOURCE', retryAfterSeconds };
  if (codes.has('FORBIDDEN') || codes.has('UNAUTHENTICATED')) return { ...entry, status: 'DENIED' };
  return entry;
}

function misshapenError(subgraph: string, path: readonly (string | number)[]): PublicError {
  return {
    message: `${subgraph} gave a value that is not of the schema's type`,
    path,
    extensions: { code: 'INVALID_VALUE', subgraph },
  };
}
