import { roleAccounts } from './access/demo-accounts.ts';
import type { EmbeddedHub } from './start-embedded-hub.ts';

/** What a newcomer can do now that the hub is up. */
export function welcome(hub: EmbeddedHub, folder: string): string {
  const { gatewayUrl, issuerUrl, registryUrl, subgraphUrls } = hub;
  const rows = (entries: readonly (readonly [string, string])[]) =>
    entries.map(([name, text]) => `    ${name.padEnd(20)} ${text}`).join('\n');
  return `
  Tavolo is up. Everybody in the demo province is invented.

  Explorer   ${gatewayUrl}/explorer/   (log in as one of the accounts below; no password)
  GraphQL    ${gatewayUrl}/graphql   (with an access token)
  Registry   ${registryUrl}   (purposes, partners, consumers; /openapi.json)
  Login      ${issuerUrl}   (development issuer, for the invented accounts only)

  Nobody asks without a purpose. Invented accounts:
${rows(roleAccounts.map(({ id, purposes, roles }) => [id, purposes[0] === undefined ? `${roles.join(', ')}: no questions to the graph` : `may ask for ${purposes.join(', ')}`]))}

  Ask from another shell how many people how many institutions know:

    npx tavolo login --demo-account analyst
    curl -s ${gatewayUrl}/graphql -H 'content-type: application/json' \\
      -H "authorization: Bearer $(npx tavolo token)" \\
      -d '{"query":"{ personIndexStatus { people peopleByInstitutionCount { institutions people } } }"}'

  As a coordinator of the table, see who is followed by nobody (tavolo run --list names all you may run):

    npx tavolo login --demo-account coordinator --purpose table-coordination
    npx tavolo run omissions-and-duplications

  See who asked what, and that nobody changed it since:

    npx tavolo audit verify ${folder}/gateway/evidence
    npx tavolo audit search ${folder}/gateway/evidence --outcome REFUSED

  Join with a subgraph of your own (schemas/README.md says how, step by step; ${gatewayUrl}/docs/ shows the graph):

    npx tavolo login --demo-account hub-operator --resource urn:tavolo:registry
    npx tavolo subgraph list
    npx tavolo subgraph init employment-centre --name employment-centre

  The institutions' own subgraphs, which answer the gateway only:
${rows(Object.entries(subgraphUrls))}

  Stop one institution (its process ends, the others go on) and ask again: the answer says who is missing.
  Data and logs: ${folder}
  Ctrl-C stops everything; the data stay for the next start.

`;
}
