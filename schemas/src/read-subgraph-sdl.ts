import { readdirSync, readFileSync } from 'node:fs';

/** Every subgraph of the hub; the file of each SDL, or the folder with its parts, is named after it. */
export const subgraphNames = [
  'social-services',
  'health-authority',
  'reception-centres',
  'volunteer-registry',
  'person-index',
  'coordination-table',
] as const;

export type SubgraphName = (typeof subgraphNames)[number];

/** The part of the coordination table's SDL that is written from the facts. */
export const analysisPart = 'analysis.graphql';

/** Reads one subgraph's SDL, once, at start; `without` leaves out one part of it. */
export function readSubgraphSdl(name: SubgraphName, without?: typeof analysisPart): string {
  if (name !== 'coordination-table') {
    return readFileSync(new URL(`../${name}.graphql`, import.meta.url), 'utf8');
  }
  const folder = new URL(`../${name}/`, import.meta.url);
  const parts = readdirSync(folder).filter((file) => file.endsWith('.graphql') && file !== without);
  return parts
    .sort()
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n');
}
