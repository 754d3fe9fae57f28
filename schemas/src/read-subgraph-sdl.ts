import { readFileSync } from 'node:fs';

/** Every subgraph of the hub; the file of each SDL is named after it. */
export const subgraphNames = [
  'social-services',
  'health-authority',
  'reception-centres',
  'volunteer-registry',
  'person-index',
] as const;

export type SubgraphName = (typeof subgraphNames)[number];

/** Reads one subgraph's SDL, once, at start. */
export function readSubgraphSdl(name: SubgraphName): string {
  return readFileSync(new URL(`../${name}.graphql`, import.meta.url), 'utf8');
}
