import { parse, print } from 'graphql';
import { readCacheability } from '../../entity-cache/cacheability.ts';
import type { Supergraph } from '../../supergraph/read-supergraph.ts';
import type { GraphFacts } from './compile-fetch.ts';
import { readJoinFields } from './join-fields.ts';
import { withoutUnresolvableKeys } from './plannable-supergraph.ts';
import { withRequiredFields } from './required-arguments.ts';
import { readSubgraphKeys } from './subgraph-keys.ts';
import { readSubgraphMembers } from './subgraph-members.ts';

/** What the planner is given of a supergraph, and what compiling its plans goes by. */
export function readGraphFacts(supergraph: Supergraph): {
  readonly plannerSdl: string;
  readonly facts: GraphFacts;
} {
  const document = parse(supergraph.executionSdl, { noLocation: true });
  const plannable = withRequiredFields(withoutUnresolvableKeys(document));
  return {
    plannerSdl: print(plannable.document),
    facts: {
      schema: supergraph.schema,
      keys: readSubgraphKeys(document),
      cacheability: readCacheability(supergraph),
      requiredFields: plannable.requiredFields,
      joins: readJoinFields(plannable.document, supergraph.schema),
      members: readSubgraphMembers(document),
    },
  };
}
