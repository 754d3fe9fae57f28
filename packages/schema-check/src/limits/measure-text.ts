import { GraphQLError, Lexer, type Source, TokenKind } from 'graphql';

/** How much one subgraph may hold; each is far above the largest schema of the hub. */
export const schemaLimits = {
  characters: 2_000_000,
  tokens: 300_000,
  types: 2_000,
  fields: 20_000,
  depth: 32,
  directivesOnOne: 50,
  directives: 40_000,
  fieldSetCharacters: 2_000,
} as const;

export type TextMeasure =
  | { readonly kind: 'fits'; readonly tokens: number }
  | {
      readonly kind: 'too-large';
      readonly limit: keyof typeof schemaLimits;
      readonly line: number;
    };

const opening: ReadonlySet<string> = new Set([
  TokenKind.BRACE_L,
  TokenKind.BRACKET_L,
  TokenKind.PAREN_L,
]);
const closing: ReadonlySet<string> = new Set([
  TokenKind.BRACE_R,
  TokenKind.BRACKET_R,
  TokenKind.PAREN_R,
]);

/** Counts before anything is parsed: a parser follows brackets with the stack, which a million of them would end. */
export function measureText(source: Source, tokensBefore: number): TextMeasure {
  const lexer = new Lexer(source);
  let tokens = tokensBefore;
  let depth = 0;
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      tokens += 1;
      if (opening.has(token.kind)) depth += 1;
      if (closing.has(token.kind)) depth -= 1;
      const limit =
        tokens > schemaLimits.tokens ? 'tokens' : depth > schemaLimits.depth ? 'depth' : undefined;
      if (limit) return { kind: 'too-large', limit, line: token.line };
    }
  } catch (error) {
    // What cannot be cut into words, the parser tells with its place.
    if (!(error instanceof GraphQLError)) throw error;
  }
  return { kind: 'fits', tokens };
}
