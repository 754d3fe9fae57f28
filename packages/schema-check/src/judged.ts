import type { DocumentNode } from 'graphql';
import type { ReadSubgraph } from './read-subgraph.ts';
import { type NamedDefinition, namedDefinitions } from './reading/named-definitions.ts';
import type { FieldDecision } from './reading/read-decisions.ts';

/** A definition and whose schema it stands in. */
export interface DefinitionOf extends NamedDefinition {
  readonly subgraph: ReadSubgraph;
}

/** What was composed out of all of them. */
export interface ComposedGraph {
  readonly document: DocumentNode;
  readonly decisions: readonly FieldDecision[];
}

/** All that a rule may look at. */
export interface Judged {
  readonly submitted: readonly ReadSubgraph[];
  readonly others: readonly ReadSubgraph[];
  /** Everything the submitted ones name. */
  readonly definitions: readonly DefinitionOf[];
  /** Coordinate → where it stands in the submitted ones. */
  readonly submittedAt: ReadonlyMap<string, readonly DefinitionOf[]>;
  /** Coordinate → where it stands in the others. */
  readonly othersAt: ReadonlyMap<string, readonly DefinitionOf[]>;
  readonly partners: readonly string[];
  /** Null when they do not compose. */
  readonly graph: ComposedGraph | null;
}

export function createJudged(
  submitted: readonly ReadSubgraph[],
  others: readonly ReadSubgraph[],
  partners: readonly string[],
  graph: ComposedGraph | null,
): Judged {
  const definitions = submitted.flatMap(definitionsOf);
  return {
    submitted,
    others,
    definitions,
    submittedAt: byCoordinate(definitions),
    othersAt: byCoordinate(others.flatMap(definitionsOf)),
    partners,
    graph,
  };
}

function definitionsOf(subgraph: ReadSubgraph): DefinitionOf[] {
  return namedDefinitions(subgraph.document).map((each) => ({ ...each, subgraph }));
}

function byCoordinate(definitions: readonly DefinitionOf[]): Map<string, DefinitionOf[]> {
  const found = new Map<string, DefinitionOf[]>();
  for (const definition of definitions) {
    const same = found.get(definition.coordinate);
    if (same) same.push(definition);
    else found.set(definition.coordinate, [definition]);
  }
  return found;
}
