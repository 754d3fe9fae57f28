import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isObjectType,
  Kind,
} from 'graphql';
import type { DirectiveNames } from '../supergraph/directive-names.ts';
import { stringArgument } from '../supergraph/string-argument.ts';

/** What `@cacheControl` says; what it leaves out is `undefined`. */
export interface CacheDeclaration {
  readonly maxAgeSeconds: number | undefined;
  readonly scope: string | undefined;
}

type Element = Pick<GraphQLObjectType | GraphQLField<unknown, unknown>, 'astNode'>;

/** Reads the declarations of a supergraph, and whose they are: composition joins what several subgraphs say. */
export function readCacheDeclarations(schema: GraphQLSchema, names: DirectiveNames) {
  const graphNames = readGraphNames(schema);

  function graphsOf(element: Element, directive: string): readonly string[] {
    return directivesOf(element, directive)
      .filter((each) => !isTrue(each, 'external'))
      .flatMap((each) => graphNames.get(enumArgument(each, 'graph') ?? '') ?? []);
  }

  function declarationOf(element: Element): CacheDeclaration | undefined {
    const name = names.get('cacheControl');
    const [declared] = name === undefined ? [] : directivesOf(element, name);
    return (
      declared && {
        maxAgeSeconds: intArgument(declared, 'maxAge'),
        scope: enumArgument(declared, 'scope'),
      }
    );
  }

  return {
    /** Whether this subgraph answers the field. */
    isAnsweredBy(
      subgraph: string,
      type: GraphQLObjectType,
      field: GraphQLField<unknown, unknown>,
    ): boolean {
      const isEverywhere = directivesOf(field, 'join__field').length === 0;
      const graphs = isEverywhere ? graphsOf(type, 'join__type') : graphsOf(field, 'join__field');
      return graphs.includes(subgraph);
    },
    /** Its representation holds more than a key then, and an owner who names the entity would not name that. */
    isComputed: (field: GraphQLField<unknown, unknown>): boolean =>
      directivesOf(field, 'join__field').some((each) => argumentOf(each, 'requires') !== undefined),
    /** The keys by which a subgraph knows its entities, as `@key` writes them; `undefined` where it has no such type. */
    keysOf(subgraph: string, typeName: string): readonly string[] | undefined {
      const type = schema.getType(typeName);
      const own = isObjectType(type)
        ? directivesOf(type, 'join__type').filter(
            (each) => graphNames.get(enumArgument(each, 'graph') ?? '') === subgraph,
          )
        : [];
      if (own.length === 0) return undefined;
      return own.flatMap((each) => stringArgument(each, 'key') ?? []);
    },
    ofField: declarationOf,
    /** Only of a type that is this subgraph's alone: nobody declares for the fields that others add. */
    ofType(subgraph: string, type: GraphQLObjectType): CacheDeclaration | undefined {
      const isAlone = graphsOf(type, 'join__type').every((graph) => graph === subgraph);
      return isAlone ? declarationOf(type) : undefined;
    },
  };
}

/** `RECEPTION_CENTRES` → `reception-centres`, as `join__Graph` says. */
function readGraphNames(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const graphs = schema.getType('join__Graph');
  if (!isEnumType(graphs)) return new Map();
  return new Map(
    graphs.getValues().flatMap(({ name, astNode }) =>
      (astNode?.directives ?? []).flatMap((directive) => {
        const graph = stringArgument(directive, 'name');
        return graph === undefined ? [] : [[name, graph] as const];
      }),
    ),
  );
}

function directivesOf({ astNode }: Element, name: string): readonly ConstDirectiveNode[] {
  return (astNode?.directives ?? []).filter((directive) => directive.name.value === name);
}

function argumentOf(directive: ConstDirectiveNode, argument: string) {
  return directive.arguments?.find(({ name }) => name.value === argument)?.value;
}

function enumArgument(directive: ConstDirectiveNode, argument: string): string | undefined {
  const value = argumentOf(directive, argument);
  return value?.kind === Kind.ENUM ? value.value : undefined;
}

function intArgument(directive: ConstDirectiveNode, argument: string): number | undefined {
  const value = argumentOf(directive, argument);
  return value?.kind === Kind.INT ? Number(value.value) : undefined;
}

function isTrue(directive: ConstDirectiveNode, argument: string): boolean {
  const value = argumentOf(directive, argument);
  return value?.kind === Kind.BOOLEAN && value.value;
}
