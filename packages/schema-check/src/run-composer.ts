import { composeServices } from '@apollo/composition';
import type { ASTNode, GraphQLError } from 'graphql';
import type { ReadSubgraph } from './read-subgraph.ts';

/** One reason why subgraphs do not compose, as the composer gives it. */
export interface CompositionProblem {
  readonly code: string;
  readonly message: string;
  /** What was written that it is about; not every composer says all of it. */
  readonly nodes: readonly ASTNode[];
}

export type ReadComposition =
  | { readonly kind: 'composed'; readonly supergraphSdl: string }
  | { readonly kind: 'refused'; readonly problems: readonly CompositionProblem[] };

/** The only place that knows which composer it is: another one that gives the same could take its seat. */
export function runComposer(subgraphs: readonly ReadSubgraph[]): ReadComposition {
  const result = composeServices(
    subgraphs.map(({ source, document }) => ({
      name: source.name,
      url: source.url,
      typeDefs: document,
    })),
  );
  if (result.supergraphSdl !== undefined) {
    return { kind: 'composed', supergraphSdl: result.supergraphSdl };
  }
  return { kind: 'refused', problems: result.errors.map(problemOf) };
}

function problemOf(error: GraphQLError): CompositionProblem {
  const { code } = error.extensions;
  return {
    code: typeof code === 'string' ? code : 'COMPOSITION_FAILED',
    message: error.message,
    nodes: error.nodes ?? [],
  };
}
