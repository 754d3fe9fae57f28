import { type ConstDirectiveNode, Kind, parse, type SelectionSetNode } from 'graphql';

/** What a field is computed from, by the `requires` of its `join__field` directives. */
export function requiredSelections(
  field: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined,
): SelectionSetNode[] {
  return (field?.directives ?? []).flatMap((directive) => {
    const required = directive.name.value === 'join__field' ? requiresOf(directive) : undefined;
    if (required === undefined) return [];
    const [definition] = parse(`{ ${required} }`, { noLocation: true }).definitions;
    return definition?.kind === Kind.OPERATION_DEFINITION ? [definition.selectionSet] : [];
  });
}

function requiresOf(directive: ConstDirectiveNode): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === 'requires')?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}
