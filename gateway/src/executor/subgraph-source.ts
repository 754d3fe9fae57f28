import type { OperationContext } from '../operation-context.ts';
import type { SourceEntry } from '../sources.ts';
import type { PublicError } from '../subgraph-answer.ts';

/** One call to one subgraph, as the executor wants it made. */
export interface SubgraphCall {
  /** The JSON to send: `query` and `variables`. */
  readonly body: string;
  readonly isQuery: boolean;
  /** The fields that stay empty when the whole call fails: where in the answer's `data`, and in how many places. */
  readonly wanted: readonly WantedField[];
  /** Each list of entities asked for: the name it has in the answer, and how many it must have. */
  readonly entities: readonly { readonly name: string; readonly count: number }[];
  readonly operation: OperationContext;
}

export interface WantedField {
  readonly path: readonly (string | number)[];
  readonly affected?: number;
}

/** What came of a call: data as the subgraph sent them, unchecked; errors as they may be shown. */
export interface SubgraphReply {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly PublicError[];
  /** What it told of itself with this answer; of a call that failed nothing. */
  readonly source?: SourceEntry;
}

/** Where the executor gets one subgraph's answers. */
export interface SubgraphSource {
  /** Never rejects: a partner that cannot answer costs its own fields only. */
  ask(call: SubgraphCall): Promise<SubgraphReply>;
}
