import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  Lexer,
  type SelectionSetNode,
  Source,
  TokenKind,
} from 'graphql';

/** How much a document asks, counted with its fragments put in their places. */
export interface DocumentWeight {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields after every fragment is unfolded: what the planner will have to look at. */
  readonly fields: number;
  /** Fields of the operations themselves. */
  readonly rootFields: number;
  /** The most fields asked of one thing. */
  readonly breadth: number;
}

type Weight = Omit<DocumentWeight, 'rootFields' | 'breadth'> & {
  readonly breadth: number;
  /** Fields at the top of this selection set. */
  readonly width: number;
};

const nothing: Weight = { depth: 0, aliases: 0, directives: 0, fields: 0, breadth: 0, width: 0 };

/** Brackets in brackets at the most: a parser goes down with each, and its stack ends somewhere. */
const maxNesting = 200;

const opening: ReadonlySet<TokenKind> = new Set([
  TokenKind.BRACE_L,
  TokenKind.BRACKET_L,
  TokenKind.PAREN_L,
]);
const closing: ReadonlySet<TokenKind> = new Set([
  TokenKind.BRACE_R,
  TokenKind.BRACKET_R,
  TokenKind.PAREN_R,
]);

/** Counts the lexical tokens of a text, up to one more than `max`; rejects a text that is not GraphQL. */
export function countTokens(
  text: string,
  max: number,
): { readonly count: number; readonly isNestedTooDeep: boolean } {
  const lexer = new Lexer(new Source(text));
  let count = 0;
  let nesting = 0;
  while (count <= max) {
    const { kind } = lexer.advance();
    if (kind === TokenKind.EOF) break;
    count += 1;
    if (opening.has(kind)) nesting += 1;
    if (closing.has(kind)) nesting -= 1;
    if (nesting > maxNesting) return { count, isNestedTooDeep: true };
  }
  return { count, isNestedTooDeep: false };
}

/** Each fragment is weighed once, so a document that doubles at every level costs its length, not its size. */
export function weighDocument(document: DocumentNode): DocumentWeight {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  }
  const weights = new Map<string, Weight>();

  function weighFragment(name: string): Weight {
    const known = weights.get(name);
    if (known) return known;
    // Also what a fragment that spreads itself finds: validation refuses it later.
    weights.set(name, nothing);
    const fragment = fragments.get(name);
    const weight = fragment
      ? withDirectives(weighSelections(fragment.selectionSet), fragment.directives?.length ?? 0)
      : nothing;
    weights.set(name, weight);
    return weight;
  }

  function weighSelections(selectionSet: SelectionSetNode | undefined): Weight {
    let total = nothing;
    for (const selection of selectionSet?.selections ?? []) {
      const inside =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? weighFragment(selection.name.value)
          : weighSelections(selection.selectionSet);
      const own = withDirectives(inside, selection.directives?.length ?? 0);
      total = add(
        total,
        selection.kind === Kind.FIELD ? asField(own, selection.alias !== undefined) : own,
      );
    }
    return { ...total, breadth: Math.max(total.breadth, total.width) };
  }

  let total = nothing;
  let rootFields = 0;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const variableDirectives = (definition.variableDefinitions ?? []).reduce(
      (count, variable) => count + (variable.directives?.length ?? 0),
      definition.directives?.length ?? 0,
    );
    const selections = weighSelections(definition.selectionSet);
    rootFields = Math.max(rootFields, selections.width);
    total = add(total, withDirectives(selections, variableDirectives));
  }
  // A fragment nobody spreads is refused by validation, which would walk it first.
  for (const name of fragments.keys())
    if (!weights.has(name)) total = add(total, weighFragment(name));
  const { depth, aliases, directives, fields, breadth } = total;
  return { depth, aliases, directives, fields, breadth, rootFields };
}

function add(a: Weight, b: Weight): Weight {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    directives: a.directives + b.directives,
    fields: a.fields + b.fields,
    breadth: Math.max(a.breadth, b.breadth),
    width: a.width + b.width,
  };
}

function asField(inside: Weight, hasAlias: boolean): Weight {
  return {
    ...inside,
    depth: inside.depth + 1,
    aliases: inside.aliases + (hasAlias ? 1 : 0),
    fields: inside.fields + 1,
    width: 1,
  };
}

function withDirectives(weight: Weight, directives: number): Weight {
  return directives === 0 ? weight : { ...weight, directives: weight.directives + directives };
}
