import type { Logger } from '@tavolo/process-kit';
import type { GraphQLSchema } from 'graphql';
import type { SubgraphCall, SubgraphReply, SubgraphSource } from './executor/subgraph-source.ts';
import type { OperationContext } from './operation-context.ts';
import { type MismatchWatch, readSchemaComplaint } from './schema-mismatch.ts';
import { readAnnouncedSource, type SourceEntry } from './sources.ts';
import { failureErrors, type PublicError, publicErrorsOf } from './subgraph-answer.ts';
import type { SubgraphClient, SubgraphQuestion } from './subgraph-client.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import type { OperationEnd } from './transport/operation-end.ts';

/** What a source needs besides the call. */
export interface SubgraphSourceParts {
  readonly name: string;
  readonly client: SubgraphClient;
  /** The supergraph with everything in it, also what clients do not see. */
  readonly schema: GraphQLSchema;
  /** Hears when the server's schema is another than the one in the graph. */
  readonly mismatches: MismatchWatch;
  readonly defaultRetryAfterSeconds: number;
  readonly logger: Logger;
}

interface Usable {
  readonly data: SubgraphReply['data'];
  readonly errors: readonly unknown[];
  readonly extensions: unknown;
}

/**
 * Asks one subgraph on behalf of an operation, and tells the operation how it went. Never rejects: a partner that
 * cannot answer costs its own fields only, so its failure comes back as errors beside no data.
 */
export function createSubgraphSource(parts: SubgraphSourceParts): SubgraphSource {
  const { name, client, logger, defaultRetryAfterSeconds } = parts;

  /** The server did not understand what the planner wrote: it does not serve the schema it published. */
  function refuseOtherSchema(errors: readonly unknown[]): void {
    const complaint = readSchemaComplaint(errors, parts.schema);
    if (!complaint) return;
    parts.mismatches.note(name, complaint.coordinate);
    throw new SubgraphFailure('SCHEMA_MISMATCH');
  }

  async function ask(call: SubgraphCall): Promise<SubgraphReply> {
    const { operation } = call;
    const answer = await client.ask(new CallQuestion(name, call));
    const usable = readUsable(answer, call);
    if (usable.data === null) refuseOtherSchema(usable.errors);
    const errors =
      usable.errors.length === 0
        ? []
        : publicErrorsOf(usable.errors, {
            subgraph: name,
            requestId: operation.requestId,
            retryAfterSeconds: defaultRetryAfterSeconds,
            // An error that is nobody's in particular took the whole answer with it.
            placeWithoutPath: usable.data === null ? call.wanted[0]?.path : undefined,
            logger,
          });
    const source = entryOf(name, usable, errors, defaultRetryAfterSeconds);
    operation.sources.add(source);
    return { data: usable.data, errors, source };
  }

  return {
    async ask(call) {
      const { operation } = call;
      // The plan is made by now, which is all that a rehearsal is for.
      if (operation.isRehearsal) return { data: null, errors: [] };
      const startedAt = performance.now();
      const suspended = operation.passage?.suspended(name);
      try {
        if (suspended !== undefined) throw new SubgraphFailure('SUSPENDED', { denied: true });
        return await ask(call);
      } catch (error) {
        if (!(error instanceof SubgraphFailure)) throw error;
        operation.sources.add(failedEntry(name, error, defaultRetryAfterSeconds));
        const retryAfterSeconds = error.retryAfterSeconds ?? defaultRetryAfterSeconds;
        return { data: null, errors: failureErrors(name, error, call.wanted, retryAfterSeconds) };
      } finally {
        operation.calls.push({
          subgraph: name,
          ms: Math.round(performance.now() - startedAt),
          status: operation.sources.statusOf(name),
        });
      }
    },
  };
}

/** A call as its client asks it. */
class CallQuestion implements SubgraphQuestion {
  readonly body: string;
  readonly isQuery: boolean;
  readonly requestId: string;
  readonly end: OperationEnd;
  readonly #subgraph: string;
  readonly #operation: OperationContext;

  constructor(subgraph: string, { body, isQuery, operation }: SubgraphCall) {
    this.body = body;
    this.isQuery = isQuery;
    this.requestId = operation.requestId;
    this.end = operation.end;
    this.#subgraph = subgraph;
    this.#operation = operation;
  }

  callerContext(): string | undefined {
    return this.#operation.passage?.contextFor(this.#subgraph, this.body);
  }

  remainingMs(): number {
    return this.#operation.remainingMs();
  }
}

/** The parts of a well-formed GraphQL answer with as many entities as were asked for, or a failure. */
function readUsable(answer: object, { entities }: SubgraphCall): Usable {
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
  // Checked just above: an object, and not a list.
  const fields = data as Record<string, unknown>;
  for (const { name, count } of entities) {
    const list = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (Array.isArray(list) && list.length === count) continue;
    if (errorList.length === 0) throw new SubgraphFailure('INVALID_ANSWER');
    return { data: null, errors: errorList, extensions };
  }
  return { data: fields, errors: errorList, extensions };
}

function entryOf(
  name: string,
  usable: Usable,
  errors: readonly PublicError[],
  retryAfterSeconds: number,
): SourceEntry {
  const entry = readAnnouncedSource(name, usable.extensions);
  if (errors.length === 0) return entry;
  const codes = new Set(errors.map((error) => error.extensions.code));
  const failed =
    codes.has('UNAVAILABLE') || (usable.data === null && codes.has('INTERNAL_SERVER_ERROR'));
  if (failed) {
    return { ...entry, status: 'UNAVAILABLE', reason: 'REPORTED_BY_SOURCE', retryAfterSeconds };
  }
  if (codes.has('FORBIDDEN') || codes.has('UNAUTHENTICATED')) return { ...entry, status: 'DENIED' };
  return entry;
}

function failedEntry(
  name: string,
  failure: SubgraphFailure,
  defaultRetryAfterSeconds: number,
): SourceEntry {
  const nothing = { name, status: failure.outcome, asOf: null, completeness: null } as const;
  if (failure.reason === 'SUSPENDED') return { ...nothing, reason: 'SUSPENDED' };
  if (failure.outcome === 'DENIED') return nothing;
  const retryAfterSeconds = failure.retryAfterSeconds ?? defaultRetryAfterSeconds;
  return { ...nothing, reason: failure.reason, retryAfterSeconds };
}
