import { readdirSync, readFileSync } from 'node:fs';
import type { SdlFile } from '@tavolo/schema-check';

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
  return readSubgraphFiles(name)
    .filter(({ path }) => without === undefined || !path.endsWith(`/${without}`))
    .map(({ text }) => text)
    .join('\n');
}

/** The same in its files, by their paths in the repository. */
export function readSubgraphFiles(name: SubgraphName): readonly SdlFile[] {
  const paths =
    name === 'coordination-table'
      ? readdirSync(new URL(`../${name}/`, import.meta.url))
          .filter((file) => file.endsWith('.graphql'))
          .sort()
          .map((file) => `${name}/${file}`)
      : [`${name}.graphql`];
  return paths.map((path) => ({
    path: `schemas/${path}`,
    text: readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'),
  }));
}
