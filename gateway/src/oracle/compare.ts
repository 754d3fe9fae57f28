import type { LostRead } from './damage.ts';
import { type Dependence, dependenceOf } from './dependence.ts';
import type { FederatedAnswer, FederatedError } from './federation.ts';
import type { MonolithAnswer } from './monolith.ts';
import type { World } from './world.ts';

type Path = readonly (string | number)[];

/** What is wrong with an answer where nothing went wrong; `undefined` for nothing. */
export function compareWhole(expected: MonolithAnswer, got: FederatedAnswer): string | undefined {
  const [error] = got.errors;
  if (error) return `an error where nothing failed: ${error.message}`;
  if (JSON.stringify(got.data) === JSON.stringify(expected.data)) return undefined;
  return difference(expected.data, got.data, []) ?? 'the same fields in another order';
}

/**
 * What is wrong with an answer where something was lost; `undefined` for nothing. Only what depended on
 * the loss may be missing, it is `null`, and an error says so. `missing`: places that may be so without a loss.
 */
export function compareDamaged(
  world: World,
  expected: MonolithAnswer,
  got: FederatedAnswer,
  lost: readonly LostRead[],
  missing: readonly Path[] = [],
): string | undefined {
  const dependence = dependenceOf(world, expected, lost, missing);
  return compareAt(expected.data, got.data, [], dependence, got.errors);
}

function compareAt(
  expected: unknown,
  got: unknown,
  path: Path,
  dependence: Dependence,
  errors: readonly FederatedError[],
): string | undefined {
  if (dependence.mayBeAnything(path)) return undefined;
  if (got === null && expected !== null) {
    if (!dependence.mayBeNull(path))
      return `null, which nothing that failed explains, at ${show(path)}`;
    return isExplained(path, errors) ? undefined : `null without an error at ${show(path)}`;
  }
  if (Array.isArray(expected) && Array.isArray(got)) {
    if (expected.length !== got.length) return `a list of another length at ${show(path)}`;
    return firstOf(expected, (each, at) =>
      compareAt(each, got[at], [...path, at], dependence, errors),
    );
  }
  if (isObject(expected) && isObject(got) && !dependence.isLeaf(path)) {
    if (String(Object.keys(expected)) !== String(Object.keys(got)))
      return `other fields or in another order at ${show(path)}`;
    return firstOf(Object.keys(expected), (name) =>
      compareAt(expected[name], got[name], [...path, name], dependence, errors),
    );
  }
  if (JSON.stringify(expected) === JSON.stringify(got)) return undefined;
  return `a wrong value at ${show(path)}: ${JSON.stringify(expected)} became ${JSON.stringify(got)}`;
}

function difference(expected: unknown, got: unknown, path: Path): string | undefined {
  if (Array.isArray(expected) && Array.isArray(got) && expected.length === got.length) {
    return firstOf(expected, (each, at) => difference(each, got[at], [...path, at]));
  }
  if (isObject(expected) && isObject(got)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
    return firstOf([...names], (name) => difference(expected[name], got[name], [...path, name]));
  }
  if (JSON.stringify(expected) === JSON.stringify(got)) return undefined;
  const at = `at ${show(path)}: ${JSON.stringify(expected)}`;
  if (got === undefined) return `a value is missing ${at}`;
  if (got === null) return `a value became null ${at}`;
  return `a wrong value ${at} became ${JSON.stringify(got)}`;
}

/** An error at the place, above it or inside it; one for many places names the first of them and how many. */
function isExplained(path: Path, errors: readonly FederatedError[]): boolean {
  return errors.some((error) => {
    const named = error.path ?? [];
    const isMany = error.extensions?.['affected'] !== undefined;
    return named.slice(0, path.length).every((part, at) => {
      const here = path[at];
      return (
        here === undefined ||
        part === here ||
        (isMany && typeof part === 'number' && typeof here === 'number')
      );
    });
  });
}

function firstOf<Value>(
  values: readonly Value[],
  check: (value: Value, at: number) => string | undefined,
): string | undefined {
  for (const [at, value] of values.entries()) {
    const problem = check(value, at);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(path: Path): string {
  return path.length > 0 ? path.join('.') : 'data';
}
