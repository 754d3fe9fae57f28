import { type ConstDirectiveNode, type ConstValueNode, Kind } from 'graphql';
import type { AnyOf } from './any-of.ts';

/** The directives of a type, field or argument of a built schema. */
export function directivesOf(element: {
  readonly astNode?: unknown;
}): readonly ConstDirectiveNode[] {
  const { astNode } = element;
  if (typeof astNode !== 'object' || astNode === null || !('directives' in astNode)) return [];
  // The AST of a schema's own element: graphql's, whose directives are constant ones.
  return (astNode.directives ?? []) as readonly ConstDirectiveNode[];
}

/** The string an argument of a directive has; refuses a directive without it, which would ask nothing. */
export function textArgument(directive: ConstDirectiveNode, argument: string): string {
  const value = argumentOf(directive, argument);
  if (value?.kind === Kind.STRING) return value.value;
  throw new Error(`@${directive.name.value} must name its ${argument}, as a string`);
}

/** The lists of `@requiresScopes` and `@policy`; refuses lists that ask nothing. */
export function listsArgument(directive: ConstDirectiveNode, argument: string): AnyOf {
  const value = argumentOf(directive, argument);
  const lists = value?.kind === Kind.LIST ? value.values.map(textsOf) : [];
  if (lists.length === 0 || lists.some((list) => list.length === 0)) {
    throw new Error(
      `@${directive.name.value} must list at least one set of ${argument}, each a list of at least one name`,
    );
  }
  return lists;
}

function argumentOf(directive: ConstDirectiveNode, argument: string): ConstValueNode | undefined {
  return directive.arguments?.find(({ name }) => name.value === argument)?.value;
}

function textsOf(value: ConstValueNode): string[] {
  return value.kind === Kind.LIST
    ? value.values.flatMap((entry) => (entry.kind === Kind.STRING ? [entry.value] : []))
    : [];
}
