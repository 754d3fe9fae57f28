import type { GraphQLError } from 'graphql';
import type { SourceReport, SourceStatusName } from './sources.ts';

/** One call to a subgraph, as the log tells it. */
interface SubgraphCall {
  readonly subgraph: string;
  readonly ms: number;
  readonly status: SourceStatusName;
}

/** What one operation carries from the HTTP request to every subgraph call, and brings back. */
export interface OperationContext {
  readonly requestId: string;
  /** What the question is for, at the client's word until callers are identified; null = it does not say. */
  readonly purpose: string | null;
  /** Aborts when the client leaves, the operation's time is over, or the gateway stops waiting. */
  readonly signal: AbortSignal;
  /** Milliseconds left before the operation's deadline; never negative. */
  readonly remainingMs: () => number;
  readonly sources: SourceReport;
  readonly calls: SubgraphCall[];
  /** Errors of subgraphs, already safe to show, with the path they have in the client's answer. */
  readonly errors: GraphQLError[];
  /** An object, since the server works on a shallow copy of its context. */
  readonly operation: {
    /** Set once the document is read; `null` for an operation without a name. */
    name: string | null;
  };
}
