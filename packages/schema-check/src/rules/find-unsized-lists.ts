import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type TypeNode,
} from 'graphql';
import { createFinding } from '../create-finding.ts';
import type { FindingCode } from '../explanations/finding-explanations.ts';
import type { Finding } from '../finding.ts';
import type { Judged } from '../judged.ts';
import { plainName } from '../reading/machinery.ts';
import { namedDefinitions } from '../reading/named-definitions.ts';
import { whereOf } from './where-of.ts';

interface FieldOfType {
  readonly type: string;
  readonly field: FieldDefinitionNode;
}

/**
 * Every submitted list whose length nobody could estimate before it is asked for: without `@listSize`, and not
 * the sized part (`sizedFields`) of each field that returns its type.
 */
export function findUnsizedLists(judged: Judged): Finding[] {
  const documents = judged.graph
    ? [judged.graph.document]
    : judged.submitted.map(({ document }) => document);
  const found = documents.flatMap((document) => {
    const fields = fieldsOf(document);
    const returning = byReturnedType(fields);
    return fields.flatMap(({ type, field }) =>
      codesOf(returning.get(type) ?? [], field).map((code) => ({
        code,
        coordinate: `${type}.${field.name.value}`,
      })),
    );
  });
  return found
    .filter(({ coordinate }) => judged.submittedAt.has(coordinate))
    .map(({ code, coordinate }) => createFinding(code, whereOf(judged, coordinate)));
}

function byReturnedType(fields: readonly FieldOfType[]): ReadonlyMap<string, FieldOfType[]> {
  const found = new Map<string, FieldOfType[]>();
  for (const each of fields) {
    const type = namedType(each.field.type);
    const same = found.get(type);
    if (same) same.push(each);
    else found.set(type, [each]);
  }
  return found;
}

function codesOf(
  returning: readonly FieldOfType[],
  field: FieldDefinitionNode,
): readonly FindingCode[] {
  const size = listSizeOf(field);
  if (!size) {
    return isList(field.type) && !isSizedByAllThatReturn(returning, field.name.value)
      ? ['LIST_WITHOUT_SIZE']
      : [];
  }
  return isBounding(field, size) ? [] : ['LIST_SIZE_INCOMPLETE'];
}

function fieldsOf(document: DocumentNode): FieldOfType[] {
  return namedDefinitions(document).flatMap(({ path: [type = ''], node }) =>
    node.kind === Kind.FIELD_DEFINITION && !type.includes('__') ? [{ type, field: node }] : [],
  );
}

function isBounding(field: FieldDefinitionNode, size: ConstDirectiveNode): boolean {
  const takesFirst = field.arguments?.some(({ name }) => name.value === 'first') ?? false;
  const isAssumed = size.arguments?.some(
    ({ name, value }) => name.value === 'assumedSize' && value.kind === Kind.INT,
  );
  return (
    isAssumed === true && (!takesFirst || stringsOf(size, 'slicingArguments').includes('first'))
  );
}

function isSizedByAllThatReturn(returning: readonly FieldOfType[], field: string): boolean {
  return (
    returning.length > 0 &&
    returning.every((each) => {
      const size = listSizeOf(each.field);
      return size !== undefined && stringsOf(size, 'sizedFields').includes(field);
    })
  );
}

function listSizeOf(field: FieldDefinitionNode): ConstDirectiveNode | undefined {
  return field.directives?.find(({ name }) => plainName(name.value) === 'listSize');
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
