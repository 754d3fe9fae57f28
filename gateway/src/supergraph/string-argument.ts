import { type ConstDirectiveNode, Kind } from 'graphql';

/** The text of a directive's argument; `undefined` when it is absent or not text. */
export function stringArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}
