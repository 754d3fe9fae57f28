import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type TypeNode,
} from 'graphql';
import { namedDefinitions } from '../reading/named-definitions.ts';

interface FieldOfType {
  readonly type: string;
  readonly field: FieldDefinitionNode;
}

/**
 * Every list whose length nobody could estimate before it is asked for: without `@listSize`, and not the
 * sized part (`sizedFields`) of each field that returns its type.
 */
export function findUnsizedLists(document: DocumentNode): string[] {
  const fields = fieldsOf(document);
  return fields
    .filter(({ field }) => isList(field.type))
    .flatMap(({ type, field }) => {
      const size = listSizeOf(field);
      const coordinate = `${type}.${field.name.value}`;
      if (!size) {
        return isSizedByAllThatReturn(fields, type, field.name.value)
          ? []
          : [
              `${coordinate} is a list without a size: write @listSize(assumedSize: …), with slicingArguments where an argument bounds it, or name it in sizedFields of every field that returns ${type}`,
            ];
      }
      return unboundedBy(coordinate, field, size);
    })
    .concat(
      fields.flatMap(({ type, field }) => {
        const size = listSizeOf(field);
        return size && !isList(field.type)
          ? unboundedBy(`${type}.${field.name.value}`, field, size)
          : [];
      }),
    );
}

function fieldsOf(document: DocumentNode): FieldOfType[] {
  return namedDefinitions(document).flatMap(({ path: [type = ''], node }) =>
    node.kind === Kind.FIELD_DEFINITION && !type.includes('__') ? [{ type, field: node }] : [],
  );
}

function unboundedBy(
  coordinate: string,
  field: FieldDefinitionNode,
  size: ConstDirectiveNode,
): string[] {
  const takesFirst = field.arguments?.some(({ name }) => name.value === 'first') ?? false;
  const problems: string[] = [];
  if (
    !size.arguments?.some(
      ({ name, value }) => name.value === 'assumedSize' && value.kind === Kind.INT,
    )
  ) {
    problems.push(`${coordinate}: @listSize has no assumedSize`);
  }
  if (takesFirst && !stringsOf(size, 'slicingArguments').includes('first')) {
    problems.push(`${coordinate}: @listSize does not name "first" in slicingArguments`);
  }
  return problems;
}

function isSizedByAllThatReturn(
  fields: readonly FieldOfType[],
  type: string,
  field: string,
): boolean {
  const returning = fields.filter((each) => namedType(each.field.type) === type);
  return (
    returning.length > 0 &&
    returning.every((each) => {
      const size = listSizeOf(each.field);
      return size !== undefined && stringsOf(size, 'sizedFields').includes(field);
    })
  );
}

function listSizeOf(field: FieldDefinitionNode): ConstDirectiveNode | undefined {
  return field.directives?.find(({ name }) => name.value === 'listSize');
}

function stringsOf(directive: ConstDirectiveNode, argument: string): string[] {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.LIST
    ? value.values.flatMap((each) => (each.kind === Kind.STRING ? [each.value] : []))
    : [];
}

function isList(type: TypeNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE ? isList(type.type) : type.kind === Kind.LIST_TYPE;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
