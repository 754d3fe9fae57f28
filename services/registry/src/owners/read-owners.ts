import {
  type ConstDirectiveNode,
  type DefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
  type TypeNode,
  type ValueNode,
} from 'graphql';
import type { FieldOwners } from '../schemas/model/release-entry.ts';
import type { OwnersOf } from './owners-of-coordinates.ts';

/**
 * Whose data each field of a composed supergraph is: `@owner(partner:)` on the field, else on its type, else
 * the subgraphs that answer it; and whose the fields are that it is computed from (`@requires`), since it tells
 * of them. Fields of the join machinery are nobody's, and so unknown.
 */
export function readFieldOwners(supergraphSdl: string): FieldOwners {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const subgraphNames = readSubgraphNames(definitions);
  const ownerName = readOwnerDirective(definitions);
  const owners = new Map<string, readonly string[]>();
  const typeOfField = new Map<string, string>();
  const requirements = new Map<string, readonly string[]>();
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
      const coordinate = `${type.name.value}.${field.name.value}`;
      owners.set(coordinate, named.length > 0 ? named : fallback);
      typeOfField.set(coordinate, nameOf(field.type));
      const required = namesIn(field.directives, 'join__field', 'requires');
      if (required.length > 0) requirements.set(coordinate, required);
    }
  }

  function ownersWithRequired(coordinate: string, seen: Set<string>): readonly string[] {
    if (seen.has(coordinate)) return [];
    seen.add(coordinate);
    const typeName = coordinate.slice(0, coordinate.indexOf('.'));
    const required = (requirements.get(coordinate) ?? []).flatMap((text) =>
      coordinatesIn(typeName, selectionsOf(text)),
    );
    return [
      ...(owners.get(coordinate) ?? []),
      ...required.flatMap((each) => ownersWithRequired(each, seen)),
    ];
  }

  function coordinatesIn(typeName: string, selections: SelectionSetNode): readonly string[] {
    return selections.selections.flatMap((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        return coordinatesIn(
          selection.typeCondition?.name.value ?? typeName,
          selection.selectionSet,
        );
      }
      const coordinate = `${typeName}.${selection.name.value}`;
      const inside = selection.selectionSet
        ? coordinatesIn(typeOfField.get(coordinate) ?? '', selection.selectionSet)
        : [];
      return [coordinate, ...inside];
    });
  }

  return Object.fromEntries(
    [...owners.keys()].map((coordinate) => [
      coordinate,
      [...new Set(ownersWithRequired(coordinate, new Set()))].sort(),
    ]),
  );
}

/** The same as a question. */
export function readOwners(supergraphSdl: string): OwnersOf {
  return ownersIn(readFieldOwners(supergraphSdl));
}

/** Looks coordinates up, whatever they are called. */
export function ownersIn(owners: FieldOwners): OwnersOf {
  return (coordinate) => (Object.hasOwn(owners, coordinate) ? (owners[coordinate] ?? []) : []);
}

/** The fields that a `requires` names. */
function selectionsOf(text: string): SelectionSetNode {
  const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not a list of fields');
  return operation.selectionSet;
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
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
