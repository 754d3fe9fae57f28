import type { EmbeddedHub } from './start-embedded-hub.ts';

/** What a newcomer can do now that the hub is up. */
export function welcome({ gatewayUrl, subgraphUrls }: EmbeddedHub, folder: string): string {
  const subgraphs = Object.entries(subgraphUrls)
    .map(([name, url]) => `    ${name.padEnd(20)} ${url}/graphql`)
    .join('\n');
  return `
  Tavolo is up. Everybody in the demo province is invented.

  Explorer   ${gatewayUrl}/explorer/   (opens on the example questions)
  GraphQL    ${gatewayUrl}/graphql
  Health     ${gatewayUrl}/health/ready

  The institutions' own subgraphs:
${subgraphs}

  Ask from a shell how many people how many institutions know:

    curl -s ${gatewayUrl}/graphql -H 'content-type: application/json' \\
      -d '{"query":"{ personIndexStatus { people peopleByInstitutionCount { institutions people } } }"}'

  Stop one institution (its process ends, the others go on) and ask again: the answer says who is missing.
  Data and logs: ${folder}
  Ctrl-C stops everything; the data stay for the next start.

`;
}
