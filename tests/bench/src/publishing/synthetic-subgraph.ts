import type { SubmittedSubgraph } from '@tavolo/registry-api';

const recordTypes = 12;
const fieldsOfAType = 15;

const head = `extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@composeDirective", "@inaccessible", "@key", "@requiresScopes"]
  )
  @link(url: "https://tavolo.example/specs/access/v0.1", import: ["@owner", "@sensitive"])
  @composeDirective(name: "@owner")
  @composeDirective(name: "@sensitive")

"Special category of personal data that this tells (categoria particolare di dati, artt. 9 e 10 GDPR, e minori)."
directive @sensitive(
  "One of the categories of the access model, such as HEALTH (categoria)."
  category: String!
) repeatable on OBJECT | FIELD_DEFINITION | ENUM

"Institution that decides who may read this (ente titolare del dato)."
directive @owner(
  "The partner's id, its subgraph's name; \\"hub\\" for shared reference words, which need nobody's approval (ente)."
  partner: String!
) repeatable on OBJECT | FIELD_DEFINITION
`;

/** `synthetic-07`: the subgraph, and the partner that answers for it. */
export const syntheticName = (number: number): string =>
  `synthetic-${String(number).padStart(2, '0')}`;

/**
 * An invented institution's schema that keeps the rules of the house, about as large as a real one's: types with
 * fields, one reachable from the next, and a border on `Person`. `further` are fields of its first type.
 */
export function syntheticSubgraph(
  number: number,
  url: string,
  further: readonly string[] = [],
): SubmittedSubgraph {
  const name = syntheticName(number);
  const prefix = `Synthetic${String(number).padStart(2, '0')}`;
  const owner = `@owner(partner: "${name}")`;
  const types = Array.from({ length: recordTypes }, (_, index) => {
    const fields = [
      ...Array.from({ length: fieldsOfAType }, (_unused, field) => `amount${field}`),
      ...(index === 0 ? further : []),
    ].map((field) => `  "Invented amount (importo inventato)."\n  ${field}: Int`);
    const next =
      index + 1 < recordTypes
        ? [`  "What comes next (seguito)."\n  next: ${prefix}Record${index + 1}`]
        : [`  "Whom it is about (persona)."\n  person: Person`];
    return `"Invented record (registrazione inventata)."
type ${prefix}Record${index} @key(fields: "id") @requiresScopes(scopes: [["people:read"]]) ${owner} {
  "Opaque number of the record (identificativo opaco)."
  id: ID!
${[...fields, ...next].join('\n')}
}`;
  });
  const border = `${prefix.charAt(0).toLowerCase()}${prefix.slice(1)}Record`;
  const text = `${head}
"A person as the hub knows one (persona)."
type Person @key(fields: "id") @requiresScopes(scopes: [["people:read"]]) {
  "The index's own cluster id; never shown to a client (identificativo del gruppo)."
  id: ID! @inaccessible
  "What ${name} knows (registrazione)."
  ${border}: ${prefix}Record0 ${owner}
}

${types.join('\n\n')}

type Query {
  "One record (una registrazione)."
  ${border}(
    "Its opaque number (identificativo opaco)."
    id: ID!
  ): ${prefix}Record0 @requiresScopes(scopes: [["people:read"]]) ${owner}
}
`;
  return { name, url, files: [{ path: `${name}.graphql`, text }] };
}
