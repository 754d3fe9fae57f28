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

const mostProblems = 500;

/** The only place that knows which composer it is: another one that gives the same could take its seat. */
export function runComposer(subgraphs: readonly ReadSubgraph[]): ReadComposition {
  try {
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
    return { kind: 'refused', problems: result.errors.slice(0, mostProblems).map(problemOf) };
  } catch (error) {
    // It asserts what it takes for granted: a schema made to break that ends here and not the process.
    const message = error instanceof Error ? error.message : 'it said nothing';
    return { kind: 'refused', problems: [{ code: 'COMPOSITION_FAILED', message, nodes: [] }] };
  }
}

function problemOf(error: GraphQLError): CompositionProblem {
  const { code } = error.extensions;
  return {
    code: typeof code === 'string' ? code : 'COMPOSITION_FAILED',
    message: error.message,
    nodes: error.nodes ?? [],
  };
}
