import type { DocumentNode } from 'graphql';
import type { OperationContext } from '../operation-context.ts';
import type { ObjectShape } from './answering/client-shape.ts';

/** An operation that was planned and compiled for one supergraph version. */
export interface PreparedOperation {
  readonly type: 'query' | 'mutation';
}

/** Data of an answer, in the answer's own names or in others. */
export interface AnswerContents {
  readonly data: unknown;
  /** By which names `data` has what the answer has by its own; `null` where they are the same. */
  readonly shape: ObjectShape | null;
}

/** The answer to one question. */
export interface ExecutedAnswer {
  /** The whole body: `data`, `errors` if there are any, `extensions.sources`. */
  readonly text: string;
  /** What `data` in the body holds, for whoever wants to look at it. */
  contents(): AnswerContents;
  readonly hasErrors: boolean;
}

/** One supergraph version's executor: a query plan and a request in; an answer, its errors and its `sources` out. */
export interface Executor {
  /**
   * What was prepared before, at once; else planned and compiled now.
   * Rejects with a `GraphQLError` for an operation that cannot be planned.
   */
  prepare(question: {
    readonly document: DocumentNode;
    /** Of the document's text: equal hashes are equal documents. */
    readonly hash: string;
    readonly operationName: string | undefined;
  }): PreparedOperation | Promise<PreparedOperation>;
  /** Throws a `GraphQLError` with `BAD_USER_INPUT` for variables that do not fit; never rejects for a partner's fault. */
  run(
    prepared: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    operation: OperationContext,
  ): Promise<ExecutedAnswer>;
  stop(): Promise<void>;
}
