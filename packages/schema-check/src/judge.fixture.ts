import { parse } from 'graphql';
import { createJudged, type Judged } from './judged.ts';
import { readSubgraph } from './read-subgraph.ts';
import { readDecisions } from './reading/read-decisions.ts';
import type { SubgraphSource } from './subgraph-source.ts';

/** The head of a subgraph of the hub. */
export const head = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated", "@composeDirective", "@cost", "@external", "@inaccessible", "@interfaceObject", "@key", "@listSize", "@override", "@policy", "@provides", "@requires", "@requiresScopes", "@shareable", "@tag"])
  @link(url: "https://tavolo.example/specs/access/v0.1", import: ["@owner", "@sensitive"])
  @composeDirective(name: "@owner") @composeDirective(name: "@sensitive")
"What (cosa)." directive @sensitive("Which (quale)." category: String!) repeatable on OBJECT | FIELD_DEFINITION | ENUM
"Whose (di chi)." directive @owner("Who (chi)." partner: String!) repeatable on OBJECT | FIELD_DEFINITION
`;

export function subgraph(name: string, text: string, owner = `partner-of-${name}`): SubgraphSource {
  const url = `http://127.0.0.1:4100/${name}`;
  return { name, owner, url, files: [{ path: `${name}.graphql`, text }] };
}

/** One schema as the rules see it; `isGraph` takes it for the composed graph as well. */
export function judgedOf(sdl: string, isGraph = false): Judged {
  const reading = readSubgraph(subgraph('centre', sdl));
  if (reading.kind === 'unreadable') throw new Error(reading.findings[0]?.cause.en);
  const graph = isGraph
    ? { document: parse(sdl, { noLocation: true }), decisions: readDecisions(sdl) }
    : null;
  return createJudged([reading.subgraph], [], ['person-index'], graph);
}
