import { readFile } from 'node:fs/promises';
import type { RegistryState } from '@tavolo/access-model';
import { type PurposeState, purposeState } from '@tavolo/access-model';
import { subgraphNames, supergraphFile } from '@tavolo/schemas';
import type { GraphQLSchema } from 'graphql';
import { createAccessView } from '../access/access-view.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { readSupergraph } from '../supergraph/read-supergraph.ts';
import { hubState, testPurpose } from '../test-subgraphs/hub-graph.ts';

/** The committed graph and its widest demo purpose, with all but the children's fields: some stays hidden. */
export interface FuzzSetting {
  readonly purpose: PurposeState;
  readonly whole: GraphQLSchema;
  readonly withMachinery: GraphQLSchema;
  readonly allowed: GraphQLSchema;
  readonly state: (issuer: string) => RegistryState;
  readonly subgraphUrls: (url: string) => Record<string, string>;
}

export async function readFuzzSetting(): Promise<FuzzSetting> {
  const sdl = await readFile(supergraphFile, 'utf8');
  const supergraph = readSupergraph(sdl, {}, 'refuse');
  const file = new URL('../../../schemas/purposes/integrated-care.json', import.meta.url);
  const demo = purposeState
    .pick({ coordinates: true, categories: true })
    .parse(JSON.parse(await readFile(file, 'utf8')));
  const purpose = testPurpose('fuzz', {
    class: 'CASE_WORK',
    roles: ['case-worker'],
    coordinates: demo.coordinates.filter((_, at) => at % 7 !== 3),
    categories: demo.categories,
    grants: Object.fromEntries(subgraphNames.map((name) => [name, demo.categories])),
  });
  const view = createAccessView(supergraph, {
    purpose,
    roles: ['case-worker'],
    scopes: ['figures:read', 'people:read'],
  });
  const allowed = view.schema();
  if (!allowed) throw new Error('a purpose that reads nothing');
  return {
    purpose,
    allowed,
    whole: supergraph.clientSchema,
    withMachinery: supergraph.schema,
    state: (issuer) => hubState(issuer, [purpose]),
    subgraphUrls: (url) => Object.fromEntries(subgraphNames.map((name) => [name, url])),
  };
}

/** Lets everything pass: how much is asked is not what is tested here. */
export const noRates: RateLimits = {
  reserve: async () => ({ headers: {}, settle: async () => undefined }),
  close: async () => undefined,
};
