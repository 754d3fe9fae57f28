import { type Composition, composeSubgraphs } from '@tavolo/schema-check/compose';
import type { SubgraphName } from './read-subgraph-sdl.ts';

/** Where each subgraph listens in the embedded default; production overrides it with `SUBGRAPH_URLS`. */
const embeddedUrls: Readonly<Record<SubgraphName, string>> = {
  'social-services': 'http://127.0.0.1:4101/graphql',
  'health-authority': 'http://127.0.0.1:4102/graphql',
  'reception-centres': 'http://127.0.0.1:4103/graphql',
  'volunteer-registry': 'http://127.0.0.1:4104/graphql',
  'person-index': 'http://127.0.0.1:4105/graphql',
  'coordination-table': 'http://127.0.0.1:4106/graphql',
};

/** The hub's own subgraphs, composed as they are embedded. */
export function composeSupergraph(
  subgraphs: readonly { readonly name: SubgraphName; readonly sdl: string }[],
): Composition {
  return composeSubgraphs(
    subgraphs.map(({ name, sdl }) => ({
      name,
      owner: name,
      url: embeddedUrls[name],
      files: [{ path: `${name}.graphql`, text: sdl }],
    })),
  );
}
