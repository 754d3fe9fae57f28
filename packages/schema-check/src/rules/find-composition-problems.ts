import { createFinding } from '../create-finding.ts';
import { isFindingCode } from '../explanations/finding-explanations.ts';
import type { Finding, Place } from '../finding.ts';
import type { Judged } from '../judged.ts';
import { placeOf } from '../place-of.ts';
import type { ReadSubgraph } from '../read-subgraph.ts';
import { directiveDefinitions } from '../reading/named-definitions.ts';
import type { CompositionProblem } from '../run-composer.ts';

const mostPlaces = 21;

/** What the composer refuses, as cards: its own words, where it is on the candidate's side, and on every other. */
export function findCompositionProblems(
  judged: Judged,
  problems: readonly CompositionProblem[],
): Finding[] {
  const told = new Map(problems.map((problem) => [problem.message, problem]));
  return [...told.values()].map((problem) => {
    const { message, code } = problem;
    const coordinate = coordinateIn(judged, message);
    const [at, ...others] = placesOf(judged, problem, coordinate);
    const known = isFindingCode(code) ? code : 'COMPOSITION_FAILED';
    const detail = { en: `The composer says: ${message}`, it: `Il compositore dice: ${message}` };
    return createFinding(known, { coordinate, at, others, detail });
  });
}

/** The candidate's own places first; each file and line once. */
function placesOf(
  judged: Judged,
  { nodes, message }: CompositionProblem,
  coordinate: string | null,
): readonly Place[] {
  const written = nodes.flatMap((node) => placeOf(node) ?? []);
  const named = namedSubgraphs(judged, message);
  const found = coordinate === null ? [] : placesAt(judged, coordinate, named);
  // A field's own place says more than its type's, and less than the directive on it.
  const places = coordinate?.includes('.') ? [...found, ...written] : [...written, ...found];
  const applied = places.length === 0 ? applicationsIn(judged, message, named) : [];
  const sides = [...places, ...applied, ...otherSides(judged, coordinate, named, places)];
  const all = sides.length > 0 ? sides : heads(judged, named);
  const submitted = new Set(judged.submitted.map(({ source }) => source.name));
  const unique = new Map<string, Place>();
  for (const each of all) {
    const line = `${each.subgraph}\n${each.file}\n${each.line}`;
    if (!unique.has(line)) unique.set(line, each);
  }
  return [...unique.values()]
    .sort(
      (one, other) => Number(submitted.has(other.subgraph)) - Number(submitted.has(one.subgraph)),
    )
    .slice(0, mostPlaces);
}

/** Subgraphs that are named and lack what it is about: their part of its type. */
function otherSides(
  judged: Judged,
  coordinate: string | null,
  named: ReadonlySet<string>,
  places: readonly Place[],
): readonly Place[] {
  const present = new Set(places.map(({ subgraph }) => subgraph));
  const absent = new Set([...named].filter((name) => !present.has(name)));
  if (coordinate === null || absent.size === 0) return [];
  return placesAt(judged, coordinate.split('.')[0] ?? '', absent);
}

/** `argument "price" on directive "@cost"`: wherever the directive stands, with that argument if one is named. */
function applicationsIn(
  judged: Judged,
  message: string,
  named: ReadonlySet<string>,
): readonly Place[] {
  const directive = /"@(\w+)"/u.exec(message)?.[1];
  if (directive === undefined) return [];
  const argument = /argument "(\w+)"/u.exec(message)?.[1];
  return judged.definitions
    .filter(({ subgraph }) => named.size === 0 || named.has(subgraph.source.name))
    .flatMap(({ node }) => node.directives ?? [])
    .filter(
      ({ name, arguments: given }) =>
        name.value === directive &&
        (argument === undefined || given?.some((each) => each.name.value === argument)),
    )
    .flatMap((each) => placeOf(each) ?? []);
}

/** The first name in the composer's words that stands in one of the schemas: `T.x`, `Query.a(e:)`, `@d`, `T`. */
function coordinateIn(judged: Judged, message: string): string | null {
  const quoted = [
    ...message.slice(0, 20_000).matchAll(/"(@?[_A-Za-z][\w.]*(?:\([\w:]*\))?)"/gu),
  ].map(([, name = '']) => name);
  const directives = new Set(
    all(judged)
      .flatMap(({ document }) => directiveDefinitions(document))
      .map((each) => each.coordinate),
  );
  const known = quoted.filter(
    (name) => judged.submittedAt.has(name) || judged.othersAt.has(name) || directives.has(name),
  );
  const [, type = '', value = ''] =
    /type "(\w+)".*value "(\w+)"/su.exec(message.slice(0, 5_000)) ?? [];
  const ofEnum = `${type}.${value}`;
  if (judged.submittedAt.has(ofEnum) || judged.othersAt.has(ofEnum)) return ofEnum;
  return known.find((name) => name.includes('.')) ?? known[0] ?? null;
}

function placesAt(
  judged: Judged,
  coordinate: string,
  named: ReadonlySet<string>,
): readonly Place[] {
  const definitions = [
    ...(judged.submittedAt.get(coordinate) ?? []),
    ...(judged.othersAt.get(coordinate) ?? []),
  ].filter(({ subgraph }) => named.size === 0 || named.has(subgraph.source.name));
  const directives = all(judged).flatMap(({ document }) =>
    directiveDefinitions(document).filter((each) => each.coordinate === coordinate),
  );
  return [...definitions, ...directives].flatMap(({ node }) => placeOf(node) ?? []);
}

/** `[one] …`, `in subgraph "one"`, `subgraphs "one" and "other"`. */
function namedSubgraphs(judged: Judged, message: string): ReadonlySet<string> {
  const prefix = /^\[([^\]\s]+)\]/u.exec(message)?.[1];
  const names = all(judged).map(({ source }) => source.name);
  return new Set(names.filter((name) => name === prefix || message.includes(`"${name}"`)));
}

/** Where nothing says more: the head of the schemas it is about. */
function heads(judged: Judged, named: ReadonlySet<string>): readonly Place[] {
  const about = all(judged).filter(({ source }) => named.has(source.name));
  return (about.length > 0 ? about : judged.submitted).flatMap(
    ({ document }) => placeOf(document.definitions[0]) ?? [],
  );
}

function all({ submitted, others }: Judged): readonly ReadSubgraph[] {
  return [...submitted, ...others];
}
