import { type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';

/**
 * The variables with the document's own defaults filled in. graphql-jit 0.8 refuses a required variable that
 * was left to its default (`$district: District! = PARMA`) once it has compiled the query.
 */
export function withDefaultVariables(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const defaults = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
  );
  const filled: Record<string, unknown> = { ...variables };
  for (const { variable, defaultValue } of defaults) {
    const name = variable.name.value;
    if (defaultValue && filled[name] === undefined)
      filled[name] = valueFromASTUntyped(defaultValue);
  }
  return filled;
}
