import type { Finding } from '@tavolo/schema-check';
import {
  type Composition,
  checkSubgraphs,
  composeSubgraphs,
  type SubgraphsChecked,
} from '@tavolo/schema-check/compose';
import { readSubgraphFiles, type SubgraphName, subgraphNames } from './read-subgraph-sdl.ts';

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
    subgraphs.map(({ name, sdl }) =>
      sourceOf(name, [{ path: `schemas/${name}.graphql`, text: sdl }]),
    ),
  );
}

/** The same as they stand in this folder, judged by the rules that hold for every partner. */
export function checkSupergraph(): SubgraphsChecked {
  return checkSubgraphs({
    submitted: subgraphNames.map((name) => sourceOf(name, readSubgraphFiles(name))),
    others: [],
    partners: subgraphNames,
    waivers: [],
  });
}

/** A finding in one line, as compilers write theirs. */
export function describeFinding({ code, coordinate, place, cause, fix }: Finding): string {
  const where = place ? `${place.file}:${place.line}:${place.column}` : 'schemas';
  return `${where}: ${code} ${coordinate ?? ''}: ${cause.en} ${fix.en}`;
}

function sourceOf(name: SubgraphName, files: ReturnType<typeof readSubgraphFiles>) {
  return { name, owner: name, url: embeddedUrls[name], files };
}
