import type { FetchStep, PathStep } from '../running/fetch-step.ts';
import type { OutputShape } from '../running/output-shape.ts';

/** Objects of one step's answer of which a later step may find that it need not ask. */
export interface Reuse {
  /** Keys from the root of the data to the objects. */
  readonly path: readonly PathStep[];
  readonly later: FetchStep;
}

/** Places of one answer that are looked at for one later question: each costs a look at all its objects. */
const mostPlaces = 3;

/**
 * Where each step's answer holds all that a later step asks the same subgraph for; by the index of the step that
 * answers. Only leaves: what is below an object may yet grow, and not the same in two places.
 */
export function findReuses(steps: readonly FetchStep[]): readonly (readonly Reuse[])[] {
  const askedLater = steps.filter(isOfLeaves);
  return steps.map((step) => {
    if (!step.isQuery || step.rewriteOutput) return [];
    const reuses: Reuse[] = [];
    const seen = new Set<string>();
    for (const later of askedLater) {
      const isEarlier = step.subgraph === later.subgraph && step.hop < later.hop;
      if (!isEarlier || seen.has(later.question)) continue;
      seen.add(later.question);
      const places = placesOf(step.shape, step.path, later.shape);
      for (const path of places.slice(0, mostPlaces)) reuses.push({ path, later });
    }
    return reuses;
  });
}

function isOfLeaves({ representations, rewriteOutput, shape }: FetchStep): boolean {
  return (
    representations !== null &&
    rewriteOutput === null &&
    shape.fields.every(({ below }) => below === null)
  );
}

/** Outermost places first. */
function placesOf(
  shape: OutputShape,
  path: readonly PathStep[],
  wanted: OutputShape,
): readonly (readonly PathStep[])[] {
  const keys = new Set(shape.fields.map(({ key }) => key));
  const isHere = path.length > 0 && wanted.fields.every(({ key }) => keys.has(key));
  const below = shape.fields.flatMap((field) =>
    field.below
      ? placesOf(
          field.below,
          [
            ...path,
            { key: field.key, isInherited: field.isInherited, types: null, isShared: false },
          ],
          wanted,
        )
      : [],
  );
  return [...(isHere ? [path] : []), ...below].sort((one, other) => one.length - other.length);
}
