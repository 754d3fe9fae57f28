/** What one benchmark question asks, as any client would send it. */
export interface Question {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Through all four subgraphs and back again, four levels of lists deep. */
const nested: Question = {
  name: 'nested',
  query: `
fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate upc weight }

query Nested {
  users {
    ...User
    reviews {
      ...Review
      product {
        ...Product
        reviews {
          ...Review
          author {
            ...User
            reviews { ...Review product { ...Product } }
          }
        }
      }
    }
  }
  topProducts {
    ...Product
    reviews {
      ...Review
      author {
        ...User
        reviews { ...Review product { ...Product } }
      }
    }
  }
}`,
};

/** One row of one subgraph: what is left is what every request costs. */
const small: Question = {
  name: 'small',
  query: 'query Small($id: ID!) { user(id: $id) { id name username } }',
  variables: { id: '2' },
};

/** A thousand rows of one subgraph: what is left is what every byte costs. */
const big: Question = {
  name: 'big',
  query: 'query Big { catalogue { number title description grams cents rating isAvailable } }',
};

export const questions: readonly Question[] = [nested, small, big];

/** The body of the request. */
export function bodyOf({ query, variables = {} }: Question): string {
  return JSON.stringify({ query, variables });
}
