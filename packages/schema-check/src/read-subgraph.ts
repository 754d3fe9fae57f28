import {
  type ASTNode,
  type DocumentNode,
  GraphQLError,
  getLocation,
  Kind,
  parse,
  Source,
} from 'graphql';
import type { Place } from './finding.ts';
import type { SubgraphSource } from './subgraph-source.ts';

/** A subgraph whose files are GraphQL, each definition still knowing the file it stands in. */
export interface ReadSubgraph {
  readonly source: SubgraphSource;
  readonly document: DocumentNode;
}

export type SubgraphReading =
  | { readonly kind: 'read'; readonly subgraph: ReadSubgraph }
  | { readonly kind: 'unreadable'; readonly problems: readonly SyntaxProblem[] };

export interface SyntaxProblem {
  readonly message: string;
  readonly place: Place;
}

/** A file's text that remembers whose it is: every node parsed from it leads back here. */
class SubgraphFile extends Source {
  readonly owner: SubgraphSource;

  constructor(owner: SubgraphSource, path: string, text: string) {
    super(text, path);
    this.owner = owner;
  }
}

/** Parses each file by itself, so that a brace left open in one is not found in the next. */
export function readSubgraph(source: SubgraphSource): SubgraphReading {
  const definitions: DocumentNode['definitions'][number][] = [];
  const problems: SyntaxProblem[] = [];
  for (const { path, text } of source.files) {
    const file = new SubgraphFile(source, path, text);
    try {
      if (isBlank(text)) continue;
      definitions.push(...parse(file).definitions);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const { line = 1, column = 1 } = error.locations?.[0] ?? {};
      problems.push({
        message: error.message,
        place: { subgraph: source.name, owner: source.owner, file: path, line, column },
      });
    }
  }
  if (problems.length > 0) return { kind: 'unreadable', problems };
  return { kind: 'read', subgraph: { source, document: { kind: Kind.DOCUMENT, definitions } } };
}

/** Where a node was written; `undefined` for what the composer made itself. */
export function placeOf(node: ASTNode | null | undefined): Place | undefined {
  const location = node?.loc;
  if (!(location?.source instanceof SubgraphFile)) return undefined;
  const { owner, name } = location.source;
  const { line, column } = getLocation(location.source, location.start);
  return { subgraph: owner.name, owner: owner.owner, file: name, line, column };
}

/** Comments and spaces only: no document, and no mistake. */
function isBlank(text: string): boolean {
  return /^(?:[\s,\uFEFF]|#[^\n\r]*)*$/u.test(text);
}
