import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
} from 'graphql';
import type { Supergraph } from '../supergraph/read-supergraph.ts';

/** Seconds; `inherited` = as long as what it is a part of; `undefined` = never. */
type MaxAge = number | 'inherited' | undefined;

/** Seconds that an answer with these fields may be kept; 0 where an owner declares nothing, `undefined` = never. */
export type MaxAgeReader = (
  supergraph: Supergraph,
  coordinates: readonly string[],
) => number | undefined;

/**
 * Reads `@cacheControl(maxAge:, inheritMaxAge:)` as Apollo defines it: on a field, else on the type it returns; a
 * leaf is kept as long as its object. The smallest of all counts. Never: anything of a special category
 * (`@sensitive`), a `Person`, or what the graph does not have. Each field is looked at once a version.
 */
export function createMaxAgeReader(): MaxAgeReader {
  const versions = new WeakMap<Supergraph, Map<string, MaxAge>>();
  return (supergraph, coordinates) => {
    const known = versions.get(supergraph) ?? new Map<string, MaxAge>();
    versions.set(supergraph, known);
    let smallest = Number.POSITIVE_INFINITY;
    for (const coordinate of coordinates) {
      if (coordinate.endsWith('.__typename')) continue;
      if (!known.has(coordinate)) known.set(coordinate, read(supergraph, coordinate));
      const maxAge = known.get(coordinate);
      if (maxAge === undefined) return undefined;
      if (maxAge !== 'inherited') smallest = Math.min(smallest, maxAge);
    }
    return Number.isFinite(smallest) ? smallest : 0;
  };
}

function read({ schema, rules }: Supergraph, coordinate: string): MaxAge {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  const field =
    isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
  const rule = rules.byCoordinate.get(coordinate);
  if (!type || !field || !rule || rule.categories.length > 0) return undefined;
  const returned = getNamedType(field.type);
  if (type.name === 'Person' || returned.name === 'Person') return undefined;
  const isPart = !isCompositeType(returned) && type !== schema.getQueryType();
  return (
    declared(field) ??
    (isCompositeType(returned) ? declared(returned) : undefined) ??
    (isPart ? 'inherited' : 0)
  );
}

function declared(element: GraphQLField<unknown, unknown> | GraphQLNamedType): MaxAge {
  const directives: readonly ConstDirectiveNode[] = element.astNode?.directives ?? [];
  const directive = directives.find(({ name }) => name.value === 'cacheControl');
  const values = new Map(directive?.arguments?.map(({ name, value }) => [name.value, value]));
  const inherit = values.get('inheritMaxAge');
  if (inherit?.kind === Kind.BOOLEAN && inherit.value) return 'inherited';
  const maxAge = values.get('maxAge');
  return maxAge?.kind === Kind.INT ? Math.max(0, Number(maxAge.value)) : undefined;
}
