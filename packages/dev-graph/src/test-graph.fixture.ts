import type { OtherSubgraph } from './subgraph-files.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@inaccessible", "@listSize", "@requiresScopes", "@policy"])`;

/** The part of a person that the index knows, with keys that lead to the others. */
export const indexSdl = `${link}
scalar DateTime
type Person @key(fields: "id") @key(fields: "trainingKey") @key(fields: "healthKey") @requiresScopes(scopes: [["people:read"]]) {
  id: ID! @inaccessible
  trainingKey: ID @inaccessible
  healthKey: ID @inaccessible
  ref: ID @policy(policies: [["role:case-worker"]])
  institutionCount: Int
}`;

/** Another institution, which nobody runs here. */
export const healthSdl = `${link}
scalar Date
enum VisitKind { FIRST CHECK_UP }
type PageInfo @shareable { hasNextPage: Boolean! endCursor: String }
type Person @key(fields: "healthKey") { healthKey: ID @inaccessible visits(first: Int! = 5): [Visit!] @listSize(assumedSize: 2, slicingArguments: ["first"]) }
type Visit { id: ID! on: Date! kind: VisitKind! person: Person }
type VisitPage { nodes: [Visit!]! pageInfo: PageInfo! }
type Query { visits(first: Int! = 20, after: String): VisitPage @listSize(assumedSize: 100, slicingArguments: ["first"], sizedFields: ["nodes"]) }`;

/** My own subgraph, which runs. */
export const trainingSdl = `${link}
type Person @key(fields: "trainingKey") { trainingKey: ID @inaccessible courses: [Course!] }
type Course { title: String! }
type Query { askedBy: String }`;

export const otherSubgraphs: readonly OtherSubgraph[] = [
  { name: 'index', owner: 'index', version: 1, sdl: indexSdl },
  { name: 'health', owner: 'health-authority', version: 3, sdl: healthSdl },
].map(({ sdl, ...other }) => ({
  ...other,
  url: `https://${other.name}.invalid/graphql`,
  files: [{ path: 'schema.graphql', text: sdl }],
}));
