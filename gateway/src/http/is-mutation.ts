import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';

/**
 * Whether the document, or the operation of it that is named, is a mutation: one is never run by GET
 * (https://graphql.github.io/graphql-over-http/draft/#sec-GET). It reads words, not a tree, so that nothing long or
 * deep costs more than its length; `false` for what is no document, which is refused later for that.
 */
export function isMutation(text: string, operationName: string | undefined): boolean {
  if (!text.includes('mutation')) return false;
  try {
    return operationsOf(text).some(
      ({ type, name }) =>
        type === 'mutation' && (operationName === undefined || name === operationName),
    );
  } catch (error) {
    if (error instanceof GraphQLError) return false;
    throw error;
  }
}

const opening: ReadonlySet<string> = new Set([
  TokenKind.BRACE_L,
  TokenKind.PAREN_L,
  TokenKind.BRACKET_L,
]);
const closing: ReadonlySet<string> = new Set([
  TokenKind.BRACE_R,
  TokenKind.PAREN_R,
  TokenKind.BRACKET_R,
]);

/** The first word of each definition, and the word behind it: a definition ends with its outermost brace. */
function operationsOf(text: string): { readonly type: string; readonly name: string }[] {
  const lexer = new Lexer(new Source(text));
  const operations: { type: string; name: string }[] = [];
  let depth = 0;
  let isBetween = true;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    if (isBetween) {
      operations.push({ type: token.value, name: lexer.lookahead().value });
      isBetween = false;
    }
    if (opening.has(token.kind)) depth += 1;
    else if (closing.has(token.kind)) {
      depth -= 1;
      isBetween = depth === 0 && token.kind === TokenKind.BRACE_R;
    }
  }
  return operations;
}
