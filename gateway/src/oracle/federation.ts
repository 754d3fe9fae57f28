import type { DocumentNode } from 'graphql';
import type { OracleSubgraph } from './subgraph-calls.ts';

/** A federated answer. */
export interface FederatedAnswer {
  readonly data: unknown;
  readonly errors: readonly FederatedError[];
}

export interface FederatedError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** What is under test: a gateway without its server. */
export interface Federation {
  answer(question: {
    readonly query: string;
    readonly document: DocumentNode;
    readonly variables: Readonly<Record<string, unknown>>;
  }): Promise<FederatedAnswer>;
  /** As far as it can tell, for whoever reads a counter-example. */
  planOf(query: string): string;
  stop(): Promise<void>;
}

export type StartFederation = (
  supergraph: string,
  subgraphs: readonly OracleSubgraph[],
) => Promise<Federation>;
