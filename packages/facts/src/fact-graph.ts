import { readFileSync } from 'node:fs';
import { extendSchema, type GraphQLSchema, Kind, parse } from 'graphql';

/** What is decided about one field of the graph. */
export interface FieldOwnership {
  /** `Person.stays`. */
  readonly coordinate: string;
  readonly categories: readonly string[];
  readonly owners: readonly string[];
}

/** The graph as a fact file sees it. */
export interface FactGraph {
  /** What a client can ask for, with the directives of fact files added. */
  readonly schema: GraphQLSchema;
  readonly fields: ReadonlyMap<string, FieldOwnership>;
  /** Special categories that an enum's values tell, by its name; missing = none. */
  readonly enumCategories: ReadonlyMap<string, readonly string[]>;
}

/** `clientSchema` and `decisions` are read from the same supergraph. */
export function createFactGraph(
  supergraphSdl: string,
  clientSchema: GraphQLSchema,
  decisions: readonly FieldOwnership[],
): FactGraph {
  const directives = readFileSync(new URL('fact-directives.graphql', import.meta.url), 'utf8');
  return {
    schema: extendSchema(clientSchema, parse(directives)),
    fields: new Map(decisions.map((decision) => [decision.coordinate, decision])),
    enumCategories: readEnumCategories(supergraphSdl),
  };
}

function readEnumCategories(supergraphSdl: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) continue;
    const categories = (definition.directives ?? []).flatMap((directive) =>
      directive.name.value === 'sensitive'
        ? (directive.arguments ?? []).flatMap(({ value }) =>
            value.kind === Kind.STRING ? [value.value] : [],
          )
        : [],
    );
    if (categories.length > 0) found.set(definition.name.value, categories);
  }
  return found;
}
