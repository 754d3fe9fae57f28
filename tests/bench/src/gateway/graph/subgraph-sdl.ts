/** The four subgraphs: who writes, what is in store, what there is, and what is said of it. */
export const subgraphNames = ['accounts', 'inventory', 'products', 'reviews'] as const;
export type SubgraphName = (typeof subgraphNames)[number];

/** The schemas in the form that every gateway takes, also those that know Federation 1 alone. */
export const subgraphSdl: Readonly<Record<SubgraphName, string>> = {
  accounts: `
    type Query {
      me: User
      user(id: ID!): User
      users: [User!]!
    }
    type User @key(fields: "id") {
      id: ID!
      name: String
      username: String
      birthday: String
    }
  `,
  inventory: `
    extend type Product @key(fields: "upc") {
      upc: ID! @external
      weight: Int @external
      price: Int @external
      inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight")
    }
  `,
  products: `
    type Query {
      topProducts(first: Int = 5): [Product!]!
      catalogue: [Article!]!
    }
    type Product @key(fields: "upc") {
      upc: ID!
      name: String
      price: Int
      weight: Int
    }
    type Article {
      number: ID!
      title: String!
      description: String!
      grams: Int!
      cents: Int!
      rating: Float!
      isAvailable: Boolean!
    }
  `,
  reviews: `
    type Review @key(fields: "id") {
      id: ID!
      body: String
      author: User
      product: Product
    }
    extend type User @key(fields: "id") {
      id: ID! @external
      reviews: [Review!]!
    }
    extend type Product @key(fields: "upc") {
      upc: ID! @external
      reviews: [Review!]!
    }
  `,
};

const protection = `
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@external", "@requires", "@authenticated", "@listSize"]
  )
`;

/** The same schema as a gate wants it: every type asks for a token, every list says how long it is. */
export function protectedSdl(sdl: string): string {
  const guarded = sdl
    .replace(/^(\s*(?:extend )?type \w+)/gmu, '$1 @authenticated')
    .replace(/: (\[\w+!\]!)/gu, ': $1 @listSize(assumedSize: 5)')
    .replace(
      'catalogue: [Article!]! @listSize(assumedSize: 5)',
      'catalogue: [Article!]! @listSize(assumedSize: 1000)',
    );
  return protection + guarded;
}
