import { type ConstDirectiveNode, Kind } from 'graphql';

/** The names in a field set (`@key(fields: "id site { id }")`), in its order; `[]` when it is no text. */
export function fieldSetNames(directive: ConstDirectiveNode): readonly string[] {
  const value = directive.arguments?.find(({ name }) => name.value === 'fields')?.value;
  return value?.kind === Kind.STRING ? (value.value.match(/[_A-Za-z]\w*/gu) ?? []) : [];
}
