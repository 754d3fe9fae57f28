import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
} from 'graphql';
import { tellsOfPeople, typesOfPeople } from '../access/about-people.ts';
import type { Supergraph } from '../supergraph/read-supergraph.ts';

/** Seconds that an answer with these fields may be kept; 0 where an owner declares nothing, `undefined` = never. */
export type MaxAgeReader = (
  supergraph: Supergraph,
  coordinates: readonly string[],
) => number | undefined;

/**
 * Reads `@cacheControl(maxAge:)` of each field or its type; the smallest of all counts, so one field without is
 * enough for 0. Never: a special category (`@sensitive`), anything about a single person, or what the graph does not
 * have. Each field is looked at once a version.
 */
export function createMaxAgeReader(): MaxAgeReader {
  const versions = new WeakMap<Supergraph, Map<string, number | undefined>>();
  return (supergraph, coordinates) => {
    const known = versions.get(supergraph) ?? new Map<string, number | undefined>();
    versions.set(supergraph, known);
    let smallest: number | undefined;
    for (const coordinate of coordinates) {
      if (coordinate.endsWith('.__typename')) continue;
      if (!known.has(coordinate)) known.set(coordinate, ageOf(supergraph, coordinate));
      const age = known.get(coordinate);
      if (age === undefined) return undefined;
      smallest = Math.min(age, smallest ?? age);
    }
    return smallest ?? 0;
  };
}

function ageOf({ schema, names, rules }: Supergraph, coordinate: string): number | undefined {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  const field =
    isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
  const rule = rules.byCoordinate.get(coordinate);
  if (!type || !field || !rule || tellsOfPeople(rule)) return undefined;
  if (typesOfPeople.has(type.name) || typesOfPeople.has(getNamedType(field.type).name)) {
    return undefined;
  }
  const name = names.get('cacheControl');
  const ages = [...declared(field, name), ...declared(type, name)];
  return ages.length === 0 ? 0 : Math.max(0, Math.min(...ages));
}

function declared(
  element: GraphQLField<unknown, unknown> | GraphQLNamedType,
  directiveName: string | undefined,
): number[] {
  const directives: readonly ConstDirectiveNode[] = element.astNode?.directives ?? [];
  return directives
    .filter(({ name }) => name.value === directiveName)
    .flatMap((directive) => secondsOf(directive));
}

function secondsOf(directive: ConstDirectiveNode): number[] {
  const value: ConstValueNode | undefined = directive.arguments?.find(
    ({ name }) => name.value === 'maxAge',
  )?.value;
  return value?.kind === Kind.INT ? [Number(value.value)] : [];
}
