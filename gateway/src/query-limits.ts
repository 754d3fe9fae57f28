import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { BoundedMap } from './bounded-map.ts';

/** How much one document may ask; each is counted with its fragments put in their places. */
export interface QueryLimits {
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxDirectives: number;
  /** Fields after every fragment is unfolded: what the planner will have to look at. */
  readonly maxFields: number;
}

/** The table's question uses 300 tokens, depth 9 and 30 fields; an explorer's introspection depth 14. */
export const defaultQueryLimits: QueryLimits = {
  maxTokens: 4_000,
  maxDepth: 20,
  maxAliases: 50,
  maxDirectives: 50,
  maxFields: 1_000,
};

interface Weight {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly fields: number;
}

const nothing: Weight = { depth: 0, aliases: 0, directives: 0, fields: 0 };

/**
 * Refuses a document before validation and planning see it: both take time that grows faster than the
 * document, and neither lets other questions through meanwhile. Syntax errors are left to the server.
 */
export function createQueryLimiter(
  limits: QueryLimits,
): (query: string) => GraphQLError | undefined {
  const accepted = new BoundedMap<string, true>(2_000);
  return (query) => {
    const hash = createHash('sha256').update(query).digest('base64');
    if (accepted.get(hash)) return undefined;
    let document: DocumentNode;
    try {
      document = parse(query, { maxLexicalTokens: limits.maxTokens, noLocation: true });
    } catch {
      return undefined;
    }
    const refusal = refusalOf(weigh(document), limits);
    if (!refusal) accepted.set(hash, true);
    return refusal;
  };
}

function refusalOf(weight: Weight, limits: QueryLimits): GraphQLError | undefined {
  const over = (what: string, max: number) =>
    new GraphQLError(`The query has more ${what} than the ${max} allowed`, {
      extensions: { code: 'QUERY_TOO_COSTLY' },
    });
  if (weight.depth > limits.maxDepth) return over('levels', limits.maxDepth);
  if (weight.aliases > limits.maxAliases) return over('aliases', limits.maxAliases);
  if (weight.directives > limits.maxDirectives) return over('directives', limits.maxDirectives);
  if (weight.fields > limits.maxFields) return over('fields', limits.maxFields);
  return undefined;
}

/** Each fragment is weighed once, so a document that doubles at every level costs its length, not its size. */
function weigh(document: DocumentNode): Weight {
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
    return total;
  }

  let total = nothing;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const variableDirectives = (definition.variableDefinitions ?? []).reduce(
      (count, variable) => count + (variable.directives?.length ?? 0),
      definition.directives?.length ?? 0,
    );
    total = add(
      total,
      withDirectives(weighSelections(definition.selectionSet), variableDirectives),
    );
  }
  // A fragment nobody spreads is refused by validation, which would walk it first.
  for (const name of fragments.keys())
    if (!weights.has(name)) total = add(total, weighFragment(name));
  return total;
}

function add(a: Weight, b: Weight): Weight {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    directives: a.directives + b.directives,
    fields: a.fields + b.fields,
  };
}

function asField(inside: Weight, hasAlias: boolean): Weight {
  return {
    ...inside,
    depth: inside.depth + 1,
    aliases: inside.aliases + (hasAlias ? 1 : 0),
    fields: inside.fields + 1,
  };
}

function withDirectives(weight: Weight, directives: number): Weight {
  return directives === 0 ? weight : { ...weight, directives: weight.directives + directives };
}
