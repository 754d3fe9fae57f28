import type { GraphQLFormattedError } from 'graphql';
import { errorCodes } from '../../error-codes.ts';
import type { JsonObject } from '../json-object.ts';
import type { PlacedError } from '../running/plan-errors.ts';
import { toClientPaths, toPlanPath } from './answer-paths.ts';
import type { ObjectShape } from './client-shape.ts';
import type { Gap } from './writing.ts';

type Path = readonly (string | number)[];

/** What telling of errors needs to know of one answer. */
export interface Told {
  readonly shape: ObjectShape;
  /** In the plan's names. */
  readonly data: JsonObject;
  readonly requestId: string;
  /** Which subgraph was to give what is at a place of the plan's data. */
  providerOf(path: Path): string | undefined;
  /** Hears of a value that is not of the schema's type, and whose it is. */
  onMismatch(subgraph: string, coordinate: string): void;
}

/** Errors that one answer holds; of further ones it says that there are more. */
const mostErrors = 1_000;

/** The subgraphs' errors, and then each gap that none of them explains. */
export function tellErrors(
  errors: readonly PlacedError[],
  gaps: readonly Gap[],
  about: Told,
): GraphQLFormattedError[] {
  const told: GraphQLFormattedError[] = [];
  let more = 0;
  // Who gets no data for it is told so first.
  for (const gap of gaps) if (gap.why === 'large') told.push(tooLarge(gap, about));
  for (const error of errors) {
    if (told.length >= mostErrors) {
      more += 1;
      continue;
    }
    const { message, extensions } = error;
    const paths = error.path ? toClientPaths(about.shape, about.data, error.path) : [];
    if (paths.length === 0) told.push({ message, extensions: { ...extensions } });
    for (const path of paths) {
      told.push({
        message,
        ...(path.length > 0 ? { path } : {}),
        extensions: { ...extensions },
      });
    }
  }
  const explained = createExplanations(told);
  for (const gap of gaps) {
    if (gap.why === 'large') continue;
    const planPath = toPlanPath(about.shape, about.data, gap.path);
    const subgraph = about.providerOf(planPath);
    if (gap.why === 'invalid' && subgraph !== undefined) {
      about.onMismatch(subgraph, gap.coordinate);
    }
    if (explained(gap.path)) continue;
    if (told.length < mostErrors) told.push(gapError(gap, subgraph, about));
    else more += 1;
  }
  if (more > 0) {
    told.push({
      message: `At least ${more} further places of the answer are empty because of errors`,
      extensions: { code: 'UNRESOLVED', errorId: about.requestId, affected: more },
    });
  }
  return told;
}

function tooLarge({ path }: Gap, { requestId }: Told): GraphQLFormattedError {
  return {
    message: 'The answer is larger than one may be; this is how far it came',
    ...(path.length > 0 ? { path } : {}),
    extensions: {
      code: 'PAYLOAD_TOO_LARGE',
      errorId: requestId,
      advice: 'Ask for less at a time: a smaller `first`, fewer levels, several questions.',
    },
  };
}

function gapError(
  { path, why }: Gap,
  subgraph: string | undefined,
  { requestId }: Told,
): GraphQLFormattedError {
  const code = why === 'missing' ? 'UNRESOLVED' : 'INVALID_VALUE';
  const who = subgraph ?? 'A source';
  const message =
    why === 'missing'
      ? 'No source gave this field, or what it is computed from could not be had'
      : why === 'invalid'
        ? `${who} gave a value that is not of the schema's type`
        : `${who} gave no value where the schema says there must be one`;
  return {
    message,
    ...(path.length > 0 ? { path } : {}),
    extensions: {
      code,
      ...(subgraph === undefined ? {} : { subgraph }),
      errorId: requestId,
      advice: errorCodes[code].advice,
    },
  };
}

/**
 * Whether an error was told already that says why there is nothing at a place: one at the place itself, around it, or
 * inside, from where a subgraph's own `null` came up. A call that failed as a whole names one place of many; the
 * position in a list is not compared.
 */
function createExplanations(told: readonly GraphQLFormattedError[]): (path: Path) => boolean {
  const exact = createPlaces();
  const anywhere = createPlaces();
  for (const { path = [], extensions } of told) {
    if (extensions?.['affected'] === undefined) exact.add(path);
    else anywhere.add(withoutPositions(path));
  }
  return (path) => exact.touches(path) || anywhere.touches(withoutPositions(path));
}

/** Places of which it is asked whether one is around or inside another. */
function createPlaces() {
  const own = new Set<string>();
  const around = new Set<string>();
  return {
    add(path: Path): void {
      own.add(keyOf(path));
      for (let length = 0; length < path.length; length += 1) {
        around.add(keyOf(path.slice(0, length)));
      }
    },
    touches(path: Path): boolean {
      if (own.size === 0) return false;
      if (around.has(keyOf(path))) return true;
      for (let length = 0; length <= path.length; length += 1) {
        if (own.has(keyOf(path.slice(0, length)))) return true;
      }
      return false;
    },
  };
}

const withoutPositions = (path: Path): Path => path.filter((part) => typeof part === 'string');

const keyOf = (path: Path): string => path.join('\n');
