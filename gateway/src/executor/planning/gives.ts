import {
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
} from 'graphql';
import type { JoinFields } from './join-fields.ts';
import type { RequiredField } from './required-arguments.ts';

interface Facts {
  readonly schema: GraphQLSchema;
  readonly joins: JoinFields;
  readonly requiredFields: ReadonlyMap<string, RequiredField>;
}

/** Whether a subgraph knows all that is selected of objects of a type by itself. */
export function gives(
  facts: Facts,
  subgraph: string,
  typeName: string | undefined,
  selections: readonly SelectionNode[],
): boolean {
  if (selections.length === 0) return true;
  if (typeName === undefined) return false;
  return selections.every((selection): boolean => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value ?? typeName;
      return gives(facts, subgraph, on, selection.selectionSet.selections);
    }
    const field = selection.name.value;
    if (field === '__typename') return true;
    const below = selection.selectionSet?.selections ?? [];
    return (
      facts.joins.givers(typeName, field).includes(subgraph) &&
      facts.joins.requirement(subgraph, typeName, field).length === 0 &&
      gives(facts, subgraph, typeOfField(facts, typeName, field), below)
    );
  });
}

/** The name of the type of what is in a field, by the field's name or one that a requirement has for it. */
export function typeOfField(
  { schema, requiredFields }: Pick<Facts, 'schema' | 'requiredFields'>,
  typeName: string,
  field: string,
): string | undefined {
  const type = schema.getType(typeName);
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  const definition = fields[requiredFields.get(field)?.name ?? field];
  return definition && getNamedType(definition.type).name;
}
