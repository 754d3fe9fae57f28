import type { FetchStep } from './fetch-step.ts';
import type { OutputShape } from './output-shape.ts';

/** Which subgraph was to give what is at a place of the plan's data: the last of the steps that ask for it. */
export function findProvider(
  steps: readonly FetchStep[],
  path: readonly (string | number)[],
): string | undefined {
  const keys = path.filter((part) => typeof part === 'string');
  return steps.findLast(
    (step) =>
      step.path.every(({ key }, index) => keys[index] === key) &&
      asksFor(step.shape, keys.slice(step.path.length)),
  )?.subgraph;
}

function asksFor(shape: OutputShape, keys: readonly string[]): boolean {
  const [first, ...rest] = keys;
  if (first === undefined) return false;
  const field = shape.fields.find(({ key }) => key === first);
  if (!field) return false;
  return rest.length === 0 || (field.below !== null && asksFor(field.below, rest));
}
