import type { Finding } from './finding.ts';
import { placeOf, readSubgraph } from './read-subgraph.ts';
import { runComposer } from './run-composer.ts';
import type { SubgraphSource } from './subgraph-source.ts';

export type Composition =
  | { readonly kind: 'composed'; readonly supergraphSdl: string }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** Composes subgraphs as they are, without the rules of the house; a refusal says why, where and whose. */
export function composeSubgraphs(subgraphs: readonly SubgraphSource[]): Composition {
  const readings = subgraphs.map(readSubgraph);
  const unreadable = readings.flatMap((reading) =>
    reading.kind === 'unreadable' ? reading.problems : [],
  );
  if (unreadable.length > 0) {
    return {
      kind: 'refused',
      findings: unreadable.map(({ message, place }) =>
        findingOf('INVALID_GRAPHQL', message, place),
      ),
    };
  }
  const composed = runComposer(
    readings.flatMap((reading) => (reading.kind === 'read' ? [reading.subgraph] : [])),
  );
  if (composed.kind === 'composed') return composed;
  return {
    kind: 'refused',
    findings: composed.problems.map(({ code, message, nodes }) => {
      const [place = null, ...others] = nodes.flatMap((node) => placeOf(node) ?? []);
      return { ...findingOf(code, message, place), others: others.slice(0, 20) };
    }),
  };
}

function findingOf(code: string, message: string, place: Finding['place']): Finding {
  return {
    code,
    severity: 'ERROR',
    coordinate: null,
    place,
    others: [],
    cause: { en: message, it: message },
    fix: { en: 'Change the schema.', it: 'Modificare lo schema.' },
  };
}
