import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/index.js';
import { articles, products, reviews, shippingEstimate, users } from './graph-data.ts';
import type { SubgraphName } from './subgraph-sdl.ts';

interface UserReference {
  readonly id: string;
}
interface ProductReference {
  readonly upc: string;
  readonly price?: number;
  readonly weight?: number;
}

const userOf = (id: string) => users.find((user) => user.id === id) ?? null;
const productOf = (upc: string) => products.find((product) => product.upc === upc) ?? null;

/** How each subgraph answers from memory. */
export const graphResolvers: Readonly<Record<SubgraphName, GraphQLResolverMap<unknown>>> = {
  accounts: {
    Query: {
      me: () => users[0] ?? null,
      user: (_root: unknown, { id }: { id: string }) => userOf(id),
      users: () => users,
    },
    User: { __resolveReference: ({ id }: UserReference) => userOf(id) },
  },
  inventory: {
    Product: {
      __resolveReference: (reference: ProductReference) => {
        const product = productOf(reference.upc);
        return product && { ...reference, inStock: product.inStock };
      },
      shippingEstimate: ({ price, weight }: ProductReference) =>
        price === undefined || weight === undefined ? null : shippingEstimate(price, weight),
    },
  },
  products: {
    Query: {
      topProducts: (_root: unknown, { first }: { first: number }) => products.slice(0, first),
      catalogue: () => articles,
    },
    Product: { __resolveReference: ({ upc }: ProductReference) => productOf(upc) },
  },
  reviews: {
    Review: {
      __resolveReference: ({ id }: UserReference) => reviews.find((each) => each.id === id) ?? null,
      author: ({ authorId }: { authorId: string }) => ({ id: authorId }),
      product: ({ productUpc }: { productUpc: string }) => ({ upc: productUpc }),
    },
    User: {
      __resolveReference: ({ id }: UserReference) => ({ id }),
      reviews: ({ id }: UserReference) => reviews.filter(({ authorId }) => authorId === id),
    },
    Product: {
      __resolveReference: ({ upc }: ProductReference) => ({ upc }),
      reviews: ({ upc }: ProductReference) => reviews.filter((each) => each.productUpc === upc),
    },
  },
};
