/**
 * The definitions that every subgraph shares, to be copied as they are: they compose only when all say the same.
 * A subgraph takes those it uses.
 */
export const houseDefinitions = `"Special category of personal data that this tells (categoria particolare di dati, artt. 9 e 10 GDPR, e minori)."
directive @sensitive(
  "One of the categories of the access model, such as HEALTH (categoria)."
  category: String!
) repeatable on OBJECT | FIELD_DEFINITION | ENUM

"Institution that decides who may read this (ente titolare del dato)."
directive @owner(
  "The partner's id, its subgraph's name; \\"hub\\" for shared reference words, which need nobody's approval (ente)."
  partner: String!
) repeatable on OBJECT | FIELD_DEFINITION

"How long the gateway may keep this for those who may read it (conservazione in cache). Nothing that is @sensitive or about a person is kept, whatever is said here."
directive @cacheControl(
  "Seconds; the lowest of all that is asked for holds (secondi)."
  maxAge: Int
  "Kept only where this is PUBLIC (ambito)."
  scope: CacheControlScope
  "Not read by the gateway: what does not say an age itself is not kept (durata ereditata)."
  inheritMaxAge: Boolean
) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION

"For whom an answer is the same (ambito della conservazione)."
enum CacheControlScope {
  "For all who may read it (pubblico)."
  PUBLIC
  "For the one who asked only (privato)."
  PRIVATE
}

"A day, YYYY-MM-DD (data)."
scalar Date

"A moment, RFC 3339 in UTC (data e ora)."
scalar DateTime

"Where a page of a list ends (informazioni di pagina)."
type PageInfo @shareable @authenticated @owner(partner: "hub") {
  "Whether another page follows (altra pagina)."
  hasNextPage: Boolean!
  "What to give as \`after\` for the next page; null on an empty page (cursore)."
  endCursor: String
}

"A municipality (comune) of the province."
type Municipality
  @key(fields: "istatCode")
  @requiresScopes(scopes: [["figures:read"]])
  @owner(partner: "hub")
{
  "Six-digit code of the statistics institute (codice ISTAT)."
  istatCode: ID!
  "Name of the municipality (denominazione)."
  name: String! @shareable
  "Social-health district the municipality belongs to (distretto socio-sanitario)."
  district: District! @shareable
}

"The four social-health districts of the province (distretti socio-sanitari)."
enum District {
  "Parma (distretto di Parma)."
  PARMA
  "Fidenza (distretto di Fidenza)."
  FIDENZA
  "South-East (distretto Sud-Est)."
  SUD_EST
  "Taro and Ceno valleys (distretto Valli Taro e Ceno)."
  VALLI_TARO_CENO
}
`;
