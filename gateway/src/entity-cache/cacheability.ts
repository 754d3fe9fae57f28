import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { tellsOfPeople, typesOfPeople } from '../access/about-people.ts';
import type { Supergraph } from '../supergraph/read-supergraph.ts';
import { readCacheDeclarations } from './cache-declarations.ts';

/** What of a supergraph may be kept, and for how long. */
export interface Cacheability {
  /**
   * For what a subgraph answers of an entity of `typeName` (a selection set with inline fragments only): seconds, the
   * lowest of all that is selected, or `undefined` where it may not be kept.
   */
  readonly maxAgeSeconds: (
    subgraph: string,
    typeName: string,
    selections: SelectionSetNode,
  ) => number | undefined;
  /** The keys by which a subgraph knows its entities, as `@key` writes them; `undefined` where it has no such type. */
  readonly keysOf: (subgraph: string, typeName: string) => readonly string[] | undefined;
}

/** Says no wherever it cannot say yes: it goes by what is declared and by who may read it. */
export function readCacheability(
  supergraph: Pick<Supergraph, 'schema' | 'names' | 'rules'>,
): Cacheability {
  const { schema, rules } = supergraph;
  const declarations = readCacheDeclarations(schema, supergraph.names);

  function ageOfSelections(
    subgraph: string,
    type: GraphQLNamedType,
    { selections }: SelectionSetNode,
  ): number {
    return Math.min(...selections.map((selection) => ageOf(subgraph, type, selection)));
  }

  function ageOf(subgraph: string, type: GraphQLNamedType, selection: SelectionNode): number {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return 0;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const { typeCondition, selectionSet } = selection;
      const inside = typeCondition ? schema.getType(typeCondition.name.value) : type;
      return inside ? ageOfSelections(subgraph, inside, selectionSet) : 0;
    }
    const name = selection.name.value;
    // It is the same as long as the rest is.
    if (name === '__typename') return Number.POSITIVE_INFINITY;
    const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    return Math.min(
      ...types.map((possible) => {
        const field = isObjectType(possible) ? possible.getFields()[name] : undefined;
        if (!isObjectType(possible) || !field) return 0;
        const own = ageOfField(subgraph, possible, field.name);
        return own > 0 && selection.selectionSet
          ? Math.min(
              own,
              ageOfSelections(subgraph, getNamedType(field.type), selection.selectionSet),
            )
          : own;
      }),
    );
  }

  function ageOfField(subgraph: string, type: GraphQLObjectType, name: string): number {
    const field = type.getFields()[name];
    const rule = rules.byCoordinate.get(`${type.name}.${name}`);
    if (!field || !rule || tellsOfPeople(rule)) return 0;
    if ([type.name, getNamedType(field.type).name].some((each) => typesOfPeople.has(each)))
      return 0;
    if (!declarations.isAnsweredBy(subgraph, type, field)) return 0;
    if (declarations.isComputed(field)) return 0;
    const declared = [declarations.ofField(field), declarations.ofType(subgraph, type)].filter(
      (each) => each !== undefined,
    );
    const scopes = new Set(declared.flatMap(({ scope }) => scope ?? []));
    const ages = declared.flatMap(({ maxAgeSeconds }) => maxAgeSeconds ?? []);
    if (scopes.size !== 1 || !scopes.has('PUBLIC') || ages.length === 0) return 0;
    return Math.max(0, Math.min(...ages));
  }

  return {
    maxAgeSeconds(subgraph, typeName, selections) {
      const type = schema.getType(typeName);
      if (!type || typesOfPeople.has(typeName)) return undefined;
      const age = ageOfSelections(subgraph, type, selections);
      return age > 0 && Number.isFinite(age) ? age : undefined;
    },
    keysOf: (subgraph, typeName) => declarations.keysOf(subgraph, typeName),
  };
}
