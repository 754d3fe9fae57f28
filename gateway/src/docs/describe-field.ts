import { type ConstDirectiveNode, type GraphQLSchema, isEnumType, Kind, print } from 'graphql';
import type { AnyOf } from '../access/read-access-rules.ts';
import type { Supergraph } from '../supergraph/read-supergraph.ts';
import { stringArgument } from '../supergraph/string-argument.ts';

/** What the docs tell of one field beside its type and description. */
export interface FieldFacts {
  readonly subgraphs: string;
  readonly owners: string;
  readonly categories: string;
  readonly decision: string;
  readonly cost: string;
}

interface Element {
  readonly astNode?:
    | { readonly directives?: readonly ConstDirectiveNode[] | undefined }
    | null
    | undefined;
}

/** Reads a supergraph's own directives: whose a field is, who may read it, what it costs. */
export function createFieldFacts(
  supergraph: Supergraph,
): (
  type: Element & { readonly name: string },
  field: Element & { readonly name: string },
) => FieldFacts {
  const { names, rules, schema } = supergraph;
  const graphs = graphNames(schema);
  const named = (element: Element, directive: string) =>
    (element.astNode?.directives ?? []).filter(({ name }) => name.value === directive);
  const graphsOf = (element: Element, directive: string) =>
    named(element, directive).flatMap((each) => {
      const graph = each.arguments?.find(({ name }) => name.value === 'graph')?.value;
      return graph?.kind === Kind.ENUM ? [graphs.get(graph.value) ?? graph.value] : [];
    });
  const owners = (element: Element) =>
    named(element, names.get('owner') ?? 'owner').flatMap(
      (each) => stringArgument(each, 'partner') ?? [],
    );
  return (type, field) => {
    const coordinate = `${type.name}.${field.name}`;
    const rule = rules.byCoordinate.get(coordinate);
    const own = graphsOf(field, 'join__field');
    const ownOwners = owners(field);
    const asked = [...(rule?.scopes ?? []), ...(rule?.policies ?? [])].map(inWords);
    return {
      subgraphs: list(own.length > 0 ? own : graphsOf(type, 'join__type')),
      owners: list(ownOwners.length > 0 ? ownOwners : owners(type)),
      categories: list((rule?.categories ?? []).map(({ category }) => category)),
      decision: rules.undecided.includes(coordinate)
        ? 'undecided: nobody reads it'
        : asked.length > 0
          ? list(asked)
          : rule
            ? 'every caller who is known'
            : '',
      cost: list(
        ['cost', 'listSize'].flatMap((directive) =>
          named(field, names.get(directive) ?? directive).map((each) =>
            (each.arguments ?? [])
              .map((argument) => `${argument.name.value}: ${print(argument.value)}`)
              .join(', '),
          ),
        ),
      ),
    };
  };
}

function graphNames(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const type = schema.getType('join__Graph');
  if (!isEnumType(type)) return new Map();
  return new Map(
    type.getValues().flatMap(({ name, astNode }) => {
      const graph = astNode?.directives?.find((each) => each.name.value === 'join__graph');
      const shown = graph && stringArgument(graph, 'name');
      return shown === undefined ? [] : [[name, shown] as const];
    }),
  );
}

const inWords = (anyOf: AnyOf) => anyOf.map((allOf) => allOf.join(' and ')).join(', or ');
const list = (texts: readonly string[]) => [...new Set(texts)].sort().join('; ');
