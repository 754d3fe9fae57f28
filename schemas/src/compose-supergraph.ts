import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import type { SubgraphName } from './read-subgraph-sdl.ts';

export type Composition =
  | { readonly kind: 'composed'; readonly supergraphSdl: string }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

/** Where each subgraph listens in the embedded default; production overrides it with `SUBGRAPH_URLS`. */
const embeddedUrls: Readonly<Record<SubgraphName, string>> = {
  'social-services': 'http://127.0.0.1:4101/graphql',
  'health-authority': 'http://127.0.0.1:4102/graphql',
  'reception-centres': 'http://127.0.0.1:4103/graphql',
  'volunteer-registry': 'http://127.0.0.1:4104/graphql',
  'person-index': 'http://127.0.0.1:4105/graphql',
  'coordination-table': 'http://127.0.0.1:4106/graphql',
};

/** Composes the subgraphs into one supergraph; a refusal lists every reason with its subgraphs. */
export function composeSupergraph(
  subgraphs: readonly { readonly name: SubgraphName; readonly sdl: string }[],
): Composition {
  const result = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, url: embeddedUrls[name], typeDefs: parse(sdl) })),
  );
  if (result.supergraphSdl !== undefined) {
    return { kind: 'composed', supergraphSdl: result.supergraphSdl };
  }
  return { kind: 'refused', reasons: result.errors.map((error) => error.message) };
}
