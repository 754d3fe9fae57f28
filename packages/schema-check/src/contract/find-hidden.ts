import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  print,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import type { ContractTags } from './apply-contract.ts';
import { findUnreached, interfacesOf } from './find-unreached.ts';

const machinery = /^(?:join|link|core|federation|requiresScopes|policy)__/u;

/** Coordinates of all that the contract hides: by tags, because what it needs is hidden, or because nothing leads to it. */
export function findHidden(document: DocumentNode, tags: ContractTags): ReadonlySet<string> {
  const types = document.definitions
    .filter(isTypeDefinitionNode)
    .filter(({ name }) => !machinery.test(name.value));
  const hidden = new Set<string>();
  for (const type of types) hideByTags(type, tags, hidden);
  // What is hidden hides what cannot be without it, until nothing more follows.
  for (let before = -1; before !== hidden.size; ) {
    before = hidden.size;
    for (const type of types) hideByNeed(type, types, hidden);
  }
  for (const type of findUnreached(document, types, hidden)) hidden.add(type);
  return hidden;
}

type Carrier = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

function hideByTags(type: TypeDefinitionNode, tags: ContractTags, hidden: Set<string>): void {
  const { includeTags, excludeTags } = tags;
  const isExcluded = (carrier: Carrier) =>
    isInaccessible(carrier) || tagsOf(carrier).some((tag) => excludeTags.includes(tag));
  const isIncluded = (carrier: Carrier) =>
    includeTags.length === 0 || tagsOf(carrier).some((tag) => includeTags.includes(tag));
  const name = type.name.value;
  if (isExcluded(type)) hidden.add(name);
  for (const member of membersOf(type)) {
    const coordinate = `${name}.${member.name.value}`;
    const isField = member.kind === Kind.FIELD_DEFINITION;
    // Words and inputs come with the fields that need them.
    const stays = !isField || isIncluded(member) || isIncluded(type);
    if (isExcluded(member) || !stays) hidden.add(coordinate);
    for (const argument of isField ? (member.arguments ?? []) : []) {
      if (isExcluded(argument)) hidden.add(`${coordinate}(${argument.name.value}:)`);
    }
  }
}

function hideByNeed(
  type: TypeDefinitionNode,
  types: readonly TypeDefinitionNode[],
  hidden: Set<string>,
): void {
  const name = type.name.value;
  if (type.kind === Kind.SCALAR_TYPE_DEFINITION) return;
  if (type.kind === Kind.UNION_TYPE_DEFINITION) {
    if ((type.types ?? []).every((member) => hidden.has(member.name.value))) hidden.add(name);
    return;
  }
  for (const member of membersOf(type)) {
    const coordinate = `${name}.${member.name.value}`;
    if (member.kind === Kind.FIELD_DEFINITION) hideField(coordinate, member, hidden);
    if (member.kind === Kind.INPUT_VALUE_DEFINITION && isWithoutType(member, hidden)) {
      hidden.add(coordinate);
    }
    if (
      member.kind === Kind.INPUT_VALUE_DEFINITION &&
      isRequired(member) &&
      hidden.has(coordinate)
    ) {
      hidden.add(name);
    }
  }
  if (type.kind === Kind.INTERFACE_TYPE_DEFINITION) hideUnimplemented(type, types, hidden);
  if (membersOf(type).every((member) => hidden.has(`${name}.${member.name.value}`))) {
    hidden.add(name);
  }
}

function hideField(coordinate: string, field: FieldDefinitionNode, hidden: Set<string>): void {
  if (hidden.has(namedType(field.type))) hidden.add(coordinate);
  for (const argument of field.arguments ?? []) {
    const place = `${coordinate}(${argument.name.value}:)`;
    if (isWithoutType(argument, hidden) || usesHiddenValue(argument, hidden)) hidden.add(place);
    if (hidden.has(place) && isRequired(argument)) hidden.add(coordinate);
  }
}

/** A field of an interface stays only where every type that stays has it. */
function hideUnimplemented(
  { name, fields }: TypeDefinitionNode & { readonly fields?: readonly FieldDefinitionNode[] },
  types: readonly TypeDefinitionNode[],
  hidden: Set<string>,
): void {
  const implementing = types.filter(
    (each) => !hidden.has(each.name.value) && interfacesOf(each).includes(name.value),
  );
  for (const field of fields ?? []) {
    if (implementing.some((each) => hidden.has(`${each.name.value}.${field.name.value}`))) {
      hidden.add(`${name.value}.${field.name.value}`);
    }
  }
}

function isWithoutType({ type }: InputValueDefinitionNode, hidden: ReadonlySet<string>): boolean {
  return hidden.has(namedType(type));
}

/** A default names values of an enum by themselves: `= OPEN`. */
function usesHiddenValue(
  { type, defaultValue }: InputValueDefinitionNode,
  hidden: ReadonlySet<string>,
): boolean {
  if (!defaultValue) return false;
  const words: readonly string[] = print(defaultValue).match(/[_A-Za-z]\w*/gu) ?? [];
  return words.some((word) => hidden.has(`${namedType(type)}.${word}`));
}

function isRequired({ type, defaultValue }: InputValueDefinitionNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE && !defaultValue;
}

function membersOf(type: TypeDefinitionNode) {
  if (type.kind === Kind.ENUM_TYPE_DEFINITION) return type.values ?? [];
  return 'fields' in type ? (type.fields ?? []) : [];
}

function tagsOf({ directives }: Carrier): readonly string[] {
  return (directives ?? [])
    .filter(({ name }) => name.value === 'tag')
    .flatMap(({ arguments: given }) =>
      (given ?? []).flatMap(({ name, value }) =>
        name.value === 'name' && value.kind === Kind.STRING ? [value.value] : [],
      ),
    );
}

function isInaccessible({ directives }: Carrier): boolean {
  return directives?.some(({ name }) => name.value === 'inaccessible') ?? false;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
