import { type Fact, type FactGraph, furtherAnalysisSdl } from '@tavolo/facts';
import { readSubgraphSdl } from '@tavolo/schemas';
import { Kind, parse } from 'graphql';

/** The table's SDL as it is committed, and what further facts add to it at its end. */
export function tableSdl(facts: readonly Fact[], graph: FactGraph): string {
  const committed = readSubgraphSdl('coordination-table');
  if (facts.length === 0) return committed;
  const enums = parse(committed, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.ENUM_TYPE_DEFINITION ? [definition.name.value] : [],
  );
  return `${committed}\n${furtherAnalysisSdl(facts, graph, new Set(enums))}`;
}
