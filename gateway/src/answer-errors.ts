import type { GraphQLError, GraphQLFormattedError } from 'graphql';

type Path = readonly (string | number)[];

/** Keys an error of a subgraph may carry to the reader; the library adds others, such as `serviceName`. */
const shownExtensions = [
  'code',
  'subgraph',
  'reason',
  'retryAfterSeconds',
  'errorId',
  'affected',
] as const;

/** The subgraphs' errors as the answer shows them, each with a path that exists in the answer. */
export function subgraphErrorsOf(
  errors: readonly GraphQLError[],
  data: unknown,
): GraphQLFormattedError[] {
  return errors.map((error) => ({
    message: error.message,
    ...(error.path ? { path: trimToData(error.path, data) } : {}),
    extensions: Object.fromEntries(
      shownExtensions.flatMap((key) =>
        key in error.extensions ? [[key, error.extensions[key]]] : [],
      ),
    ),
  }));
}

/**
 * The values the executor replaced by `null` because of their type, told as errors. Left out are those that
 * follow from an error already told: a field that must not be null is null where its source is missing.
 */
export function valueErrorsOf(
  valueCompletion: unknown,
  told: readonly GraphQLFormattedError[],
): GraphQLFormattedError[] {
  if (!Array.isArray(valueCompletion)) return [];
  return valueCompletion.flatMap((entry: unknown) => {
    const path = pathOf(entry);
    if (told.some((error) => explains(error, path))) return [];
    return [
      {
        message:
          "A source gave a value that is not of the schema's type, or none where one must be",
        ...(path.length > 0 ? { path } : {}),
        extensions: { code: 'INVALID_VALUE' },
      },
    ];
  });
}

/**
 * Keys of other entities and of hidden fields are in the executor's paths, not in the client's answer. Below
 * a `null` the path stays whole: it tells what made it `null`.
 */
function trimToData(path: Path, data: unknown): Path {
  let here: unknown = data;
  for (const [depth, part] of path.entries()) {
    if (typeof here !== 'object' || here === null) return path;
    if (!(part in here)) return path.slice(0, Math.max(1, depth));
    // `part in here` was just asked of this very object.
    here = (here as Record<string | number, unknown>)[part];
  }
  return path;
}

function explains(error: GraphQLFormattedError, path: Path): boolean {
  // A call that failed as a whole names one place of many; the position in a list is not compared.
  const whole = error.extensions?.['affected'] !== undefined;
  const told = whole ? withoutPositions(error.path ?? []) : (error.path ?? []);
  const silent = whole ? withoutPositions(path) : path;
  return told.every((part, depth) => depth >= silent.length || part === silent[depth]);
}

function withoutPositions(path: Path): Path {
  return path.filter((part) => typeof part === 'string');
}

function pathOf(entry: unknown): Path {
  const path: unknown =
    typeof entry === 'object' && entry !== null && 'path' in entry ? entry.path : undefined;
  // The executor's own errors: graphql's type of a path.
  return Array.isArray(path) ? (path as Path) : [];
}
