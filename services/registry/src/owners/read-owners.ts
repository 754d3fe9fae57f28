import { type ConstDirectiveNode, type DefinitionNode, Kind, parse, type ValueNode } from 'graphql';
import type { OwnersOf } from './owners-of-coordinates.ts';

/**
 * Whose data each field of a composed supergraph is: `@owner(partner:)` on the field, else on its type, else
 * the subgraphs that answer it. Fields of the join machinery are nobody's, and so unknown.
 */
export function readOwners(supergraphSdl: string): OwnersOf {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const subgraphNames = readSubgraphNames(definitions);
  const ownerName = readOwnerDirective(definitions);
  const owners = new Map<string, readonly string[]>();
  for (const type of definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
      continue;
    }
    const ofType = namesIn(type.directives, ownerName, 'partner');
    const graphsOfType = namesIn(type.directives, 'join__type', 'graph');
    for (const field of type.fields ?? []) {
      const ofField = namesIn(field.directives, ownerName, 'partner');
      const answering = (field.directives ?? []).filter(({ name }) => name.value === 'join__field');
      const graphs = answering
        .filter((directive) => argumentOf(directive, 'external') !== 'true')
        .flatMap((directive) => argumentOf(directive, 'graph') ?? []);
      const fallback = (graphs.length > 0 ? graphs : graphsOfType).map(
        (graph) => subgraphNames.get(graph) ?? graph,
      );
      const named = ofField.length > 0 ? ofField : ofType;
      owners.set(
        `${type.name.value}.${field.name.value}`,
        [...new Set(named.length > 0 ? named : fallback)].sort(),
      );
    }
  }
  return (coordinate) => owners.get(coordinate) ?? [];
}

/** `join__graph`'s names: the enum's values are changed into what an enum may hold. */
function readSubgraphNames(definitions: readonly DefinitionNode[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) continue;
    if (definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const [name] = namesIn(value.directives, 'join__graph', 'name');
      if (name !== undefined) names.set(value.name.value, name);
    }
  }
  return names;
}

/** The name under which the supergraph has `@owner`: composition keeps what an SDL imported it as. */
function readOwnerDirective(definitions: readonly DefinitionNode[]): string {
  const defined = definitions.flatMap((definition) =>
    definition.kind === Kind.DIRECTIVE_DEFINITION &&
    definition.arguments?.some((argument) => argument.name.value === 'partner') === true
      ? [definition.name.value]
      : [],
  );
  return defined.find((name) => name === 'owner' || name.endsWith('__owner')) ?? 'owner';
}

function namesIn(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
  argument: string,
): readonly string[] {
  return (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .flatMap((directive) => argumentOf(directive, argument) ?? []);
}

function argumentOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value === undefined ? undefined : textOf(value);
}

function textOf(value: ValueNode): string | undefined {
  if (value.kind === Kind.STRING || value.kind === Kind.ENUM) return value.value;
  return value.kind === Kind.BOOLEAN ? String(value.value) : undefined;
}
