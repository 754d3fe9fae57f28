import type { FetchStep, PathStep } from '../running/fetch-step.ts';
import type { OutputShape } from '../running/output-shape.ts';
import type { ReferencePlace } from '../running/shared-references.ts';
import type { SubgraphKeys } from './subgraph-keys.ts';

/** The steps, with it said of each where its answer holds references, and where on its way such are met. */
export function withReferences(
  fetches: readonly FetchStep[],
  keys: SubgraphKeys,
): readonly FetchStep[] {
  // Below objects that are asked by their type, what is told of one place is not of all.
  const isByType = fetches.some(({ path }) =>
    path.slice(0, -1).some(({ types }) => types !== null),
  );
  if (isByType) return fetches;
  const shared = new Set<string>();
  const steps = fetches.map((step) => {
    const references = referencesIn(step, fetches, keys);
    for (const { keys } of references) {
      shared.add([...step.path.map(({ key }) => key), ...keys].join(' '));
    }
    return { ...step, references };
  });
  return shared.size === 0 ? fetches : steps.map((step) => withSharedWay(step, shared));
}

function referencesIn(
  step: FetchStep,
  fetches: readonly FetchStep[],
  known: SubgraphKeys,
): readonly ReferencePlace[] {
  if (step.rewriteOutput) return [];
  const places = new Map<string, ReferencePlace>();
  for (const { representations, path } of fetches) {
    if (representations === null || !isBelow(path, step.path)) continue;
    const keys = path.slice(step.path.length).map(({ key }) => key);
    const only = onlyKeyAt(step.shape, keys);
    if (only === undefined) continue;
    const identifies = (typeName: string) => known.identifies(typeName, only);
    places.set(keys.join(' '), { keys, only, identifies });
  }
  return [...places.values()];
}

function isBelow(path: readonly PathStep[], above: readonly PathStep[]): boolean {
  return path.length > above.length && above.every(({ key }, index) => path[index]?.key === key);
}

function onlyKeyAt(shape: OutputShape, keys: readonly string[]): string | undefined {
  let here = shape;
  for (const key of keys) {
    const field = here.fields.find((each) => each.key === key);
    if (!field?.below || field.isInherited) return undefined;
    here = field.below;
  }
  if (here.fields.length !== 2 || !here.fields.some(({ key }) => key === '__typename')) {
    return undefined;
  }
  const only = here.fields.find(({ key }) => key !== '__typename');
  return only?.below === null && !only.isInherited ? only.key : undefined;
}

function withSharedWay(step: FetchStep, shared: ReadonlySet<string>): FetchStep {
  let way = '';
  const path = step.path.map((part) => {
    way += way === '' ? part.key : ` ${part.key}`;
    return shared.has(way) ? { ...part, isShared: true } : part;
  });
  return { ...step, path };
}
