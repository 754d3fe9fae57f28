import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  print,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import { requiredSelections } from './required-selections.ts';

/** A `@requires` whose value the planner can take from the wrong place, without an error. */
export interface UnsafeRequires {
  /** Type and field that carry the `@requires`. */
  readonly coordinate: string;
  readonly why: string;
}

interface Requirement {
  readonly coordinate: string;
  /** Type and name of the field that is required. */
  readonly target: string;
  readonly args: string;
  readonly isHidden: boolean;
}

type FieldsByType = ReadonlyMap<string, ReadonlyMap<string, FieldDefinitionNode>>;

/**
 * A required field travels to its subgraph under its own name. Where it takes arguments, the value found
 * there is the one the client asked for with the client's arguments, or that of another `@requires` with
 * other arguments. A field clients cannot see, required always with the same arguments, is safe.
 */
export function findUnsafeRequires(document: DocumentNode): UnsafeRequires[] {
  const types = fieldsByType(document);
  const requirements: Requirement[] = [];
  for (const [typeName, fields] of types) {
    for (const [fieldName, field] of fields) {
      for (const required of requiredSelections(field)) {
        collect(types, required, typeName, `${typeName}.${fieldName}`, requirements);
      }
    }
  }
  return requirements.flatMap((requirement) => {
    const { coordinate, target, args, isHidden } = requirement;
    if (!isHidden) {
      return [
        { coordinate, why: `requires ${target}, which clients can ask with other arguments` },
      ];
    }
    const other = requirements.find((each) => each.target === target && each.args !== args);
    return other
      ? [{ coordinate, why: `requires ${target} with other arguments than ${other.coordinate}` }]
      : [];
  });
}

function collect(
  types: FieldsByType,
  selections: SelectionSetNode,
  typeName: string,
  coordinate: string,
  requirements: Requirement[],
): void {
  for (const selection of selections.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const inside = selection.typeCondition?.name.value ?? typeName;
      collect(types, selection.selectionSet, inside, coordinate, requirements);
      continue;
    }
    const field = types.get(typeName)?.get(selection.name.value);
    if (!field) continue;
    if ((field.arguments ?? []).length > 0) {
      requirements.push({
        coordinate,
        target: `${typeName}.${selection.name.value}`,
        args: (selection.arguments ?? []).map(print).sort().join(', '),
        isHidden: (field.directives ?? []).some(({ name }) => name.value === 'inaccessible'),
      });
    }
    if (selection.selectionSet) {
      collect(types, selection.selectionSet, namedType(field.type), coordinate, requirements);
    }
  }
}

function fieldsByType(document: DocumentNode): FieldsByType {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION
        ? [
            [
              definition.name.value,
              new Map((definition.fields ?? []).map((field) => [field.name.value, field])),
            ] as const,
          ]
        : [],
    ),
  );
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
