import type { PublicError } from '../../subgraph-answer.ts';
import type { JsonObject } from '../json-object.ts';
import type { Fetch } from './fetch-step.ts';
import { findPathsOf } from './find-targets.ts';

/** An error with its place in the plan's data, which names fields as the plan does. */
export interface PlacedError extends PublicError {
  readonly subgraph: string;
}

/** Where each object that a step was about is, found once something is to be said of one. */
export class PlacesOfTargets {
  readonly #data: JsonObject;
  readonly #step: Fetch;
  readonly #anywhere: readonly (readonly (string | number)[])[];
  #paths: ReturnType<typeof findPathsOf> | undefined;

  constructor(data: JsonObject, step: Fetch) {
    this.#data = data;
    this.#step = step;
    this.#anywhere = [step.path.map(({ key }) => key)];
  }

  of(target: JsonObject): readonly (readonly (string | number)[])[] {
    const { path } = this.#step;
    if (path.length === 0) return this.#anywhere;
    this.#paths ??= findPathsOf(this.#data, path);
    return this.#paths.get(target) ?? this.#anywhere;
  }
}

/** Places that one error is told of one by one. */
const mostNamed = 100;

/** Places that are looked at for them; a subgraph may say hundreds of errors about what is in thousands of places. */
const mostLookedAt = 1_000;

/** One error for each place that it left empty; of those beyond the first hundred it tells how many. */
export function placeError(
  error: PublicError,
  subgraph: string,
  places: readonly (readonly (string | number)[])[],
  below: readonly (string | number)[],
): PlacedError[] {
  // What took a whole call with it names one place of many.
  const most = error.extensions.affected === undefined ? mostNamed : 1;
  const named = firstDifferent(places, most);
  return named.map((place, index) => {
    const more = index === 0 && places.length > named.length ? { affected: places.length } : {};
    return {
      message: error.message,
      subgraph,
      path: [...place, ...below],
      extensions: { ...more, ...error.extensions },
    };
  });
}

function firstDifferent(
  places: readonly (readonly (string | number)[])[],
  most: number,
): (readonly (string | number)[])[] {
  const named = new Map<string, readonly (string | number)[]>();
  for (const place of places.slice(0, mostLookedAt)) {
    if (named.size === most) break;
    named.set(place.join('\n'), place);
  }
  return [...named.values()];
}

/** What failed is not `null`, it could not be had: nothing may be computed from it. */
export function forgetFailed(data: JsonObject, path: readonly (string | number)[]): void {
  let here: unknown = data;
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return;
    // `part` was just found to be its own.
    const parent = here as Record<string | number, unknown>;
    if (parent[part] === null) {
      parent[part] = undefined;
      return;
    }
    here = parent[part];
  }
}
