import { type ASTNode, Source } from 'graphql';
import type { Place } from './finding.ts';
import type { SubgraphSource } from './subgraph-source.ts';

/** A file's text that remembers whose it is: every node parsed from it leads back here. */
export class SubgraphFile extends Source {
  readonly subgraph: SubgraphSource;

  constructor(subgraph: SubgraphSource, path: string, text: string) {
    super(text, path);
    this.subgraph = subgraph;
  }

  placeAt(line: number, column: number): Place {
    const { name, owner } = this.subgraph;
    return { subgraph: name, owner, file: this.name, line, column };
  }
}

/** Where a node was written, at its name and not its description; `undefined` for what the composer made itself. */
export function placeOf(node: ASTNode | null | undefined): Place | undefined {
  const isDefinition = node && 'name' in node && /Definition|Extension/u.test(node.kind);
  // A parser writes the name of a nameless operation too: as undefined, which its type does not say.
  const name: ASTNode | undefined = isDefinition ? node.name : undefined;
  const location = name?.loc ?? node?.loc;
  if (!(location?.source instanceof SubgraphFile)) return undefined;
  const { line, column } = location.startToken;
  return location.source.placeAt(line, column);
}
