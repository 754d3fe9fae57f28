import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { type Field, type Graph, isEntity, namedType, type ObjectType, topNames } from './graph.ts';

/** A field as one subgraph has it. */
export interface DeclaredField {
  readonly field: Field;
  readonly role: 'resolved' | 'key' | 'external' | 'overridden';
}

/** The type's fields in one subgraph, in the type's order. */
export function declaredFields(graph: Graph, subgraph: string, type: ObjectType): DeclaredField[] {
  const keyNames = new Set((type.keys[subgraph] ?? []).flatMap((key) => topNames(key.fields)));
  const external = externalCoordinates(graph, subgraph);
  const isValue = !isEntity(type) && type.name !== 'Query' && type.name !== 'Mutation';
  return type.fields.flatMap((field): DeclaredField[] => {
    if (keyNames.has(field.name)) return [{ field, role: 'key' }];
    if (isValue || field.owners.includes(subgraph)) return [{ field, role: 'resolved' }];
    if (field.overridden === subgraph) return [{ field, role: 'overridden' }];
    return external.has(`${type.name}.${field.name}`) ? [{ field, role: 'external' }] : [];
  });
}

/** What the interface has in the subgraph where it is an object that knows no member. */
export function declaredObjectFields(
  graph: Graph,
  subgraph: string,
  name: string,
): DeclaredField[] {
  const type = graph.interfaces.find((each) => each.name === name);
  const [member] = graph.objects.filter((each) => type?.members.includes(each.name));
  if (!type || !member) return [];
  const external = externalCoordinates(graph, subgraph);
  return [
    ...member.fields.flatMap((field): DeclaredField[] => {
      if (field.name === 'id') return [{ field, role: 'key' }];
      return external.has(`${name}.${field.name}`) ? [{ field, role: 'external' }] : [];
    }),
    ...type.objectFields.map((field): DeclaredField => ({ field, role: 'resolved' })),
  ];
}

/** Coordinates that a subgraph's `@requires` and `@provides` name. */
function externalCoordinates(graph: Graph, subgraph: string): Set<string> {
  const found = new Set<string>();
  const owned = [
    ...graph.objects.flatMap((type) => type.fields.map((field) => ({ parent: type.name, field }))),
    ...graph.interfaces.flatMap((type) =>
      type.objectFields.map((field) => ({ parent: type.name, field })),
    ),
  ];
  for (const { parent, field } of owned) {
    if (!field.owners.includes(subgraph)) continue;
    if (field.requires !== undefined) walk(parent, selectionOf(field.requires));
    const provided = field.provides?.[subgraph];
    if (provided !== undefined) walk(namedType(field.type), selectionOf(provided));
  }
  function walk(parent: string, selection: SelectionSetNode): void {
    for (const node of selection.selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) {
        walk(node.typeCondition?.name.value ?? parent, node.selectionSet);
      } else if (node.kind === Kind.FIELD && node.name.value !== '__typename') {
        found.add(`${parent}.${node.name.value}`);
        const type = typeOf(graph, parent, node);
        if (node.selectionSet && type !== undefined) walk(namedType(type), node.selectionSet);
      }
    }
  }
  return found;
}

function typeOf(graph: Graph, parent: string, { name }: FieldNode): string | undefined {
  const members = graph.interfaces.find((each) => each.name === parent)?.members ?? [parent];
  const type = graph.objects.find((each) => members.includes(each.name));
  return type?.fields.find((field) => field.name === name.value)?.type;
}

/** Parses a selection like `a b { c }`. */
export function selectionOf(fields: string): SelectionSetNode {
  // One operation was written, one comes back.
  const [operation] = parse(`{ ${fields} }`, { noLocation: true })
    .definitions as readonly OperationDefinitionNode[];
  if (!operation) throw new Error('a selection is needed');
  return operation.selectionSet;
}
