import type { SubgraphAsker } from './ask-subgraph.ts';

interface UserRow {
  readonly __typename: 'User';
  readonly id: string;
  readonly username: string;
  readonly name: string;
}
interface ProductRow {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
}
interface StoredProduct extends ProductRow {
  readonly inStock: boolean;
  readonly shippingEstimate: number;
}
/** Each level has what the next one is asked for. */
interface ReviewRow {
  readonly id: string;
  readonly body: string;
  readonly author?: { readonly id: string; readonly reviews: readonly ReviewRow[] };
  readonly product?: { readonly upc: string; readonly reviews?: readonly ReviewRow[] };
}

/** The nested question with the fewest calls: each thing is asked once, and all of one hop in one call. */
export function createNestedMerge(subgraphs: {
  readonly accounts: SubgraphAsker;
  readonly inventory: SubgraphAsker;
  readonly products: SubgraphAsker;
  readonly reviews: SubgraphAsker;
}): () => Promise<string> {
  const reading = async <Data>(asker: SubgraphAsker, query: string, variables?: object) =>
    // Written beside the question it answers.
    (JSON.parse(await asker.ask(JSON.stringify({ query, variables }))) as { data: Data }).data;

  return async () => {
    const [{ users }, { topProducts }] = await Promise.all([
      reading<{ users: UserRow[] }>(subgraphs.accounts, usersQuery),
      reading<{ topProducts: ProductRow[] }>(subgraphs.products, productsQuery),
    ]);
    const asked = [
      ...users.map(({ id }) => ({ __typename: 'User', id })),
      ...topProducts.map(({ upc }) => ({ __typename: 'Product', upc })),
    ];
    const { _entities: withReviews } = await reading<{ _entities: { reviews: ReviewRow[] }[] }>(
      subgraphs.reviews,
      reviewsQuery,
      { representations: asked },
    );
    const products = new Map(topProducts.map((row) => [row.upc, row]));
    const people = new Map(users.map((row) => [row.id, row]));
    const missing = new Set<string>();
    const strangers = new Set<string>();
    for (const { reviews } of withReviews) note(reviews);
    const [moreProducts, moreUsers] = await Promise.all([
      missing.size === 0
        ? []
        : reading<{ _entities: ProductRow[] }>(subgraphs.products, productEntities, {
            representations: [...missing].map((upc) => ({ __typename: 'Product', upc })),
          }).then(({ _entities }) => _entities),
      strangers.size === 0
        ? []
        : reading<{ _entities: UserRow[] }>(subgraphs.accounts, userEntities, {
            representations: [...strangers].map((id) => ({ __typename: 'User', id })),
          }).then(({ _entities }) => _entities),
    ]);
    for (const row of moreProducts) products.set(row.upc, row);
    for (const row of moreUsers) people.set(row.id, row);
    const rows = [...products.values()];
    const { _entities: stored } = await reading<{
      _entities: { inStock: boolean; shippingEstimate: number }[];
    }>(subgraphs.inventory, inventoryQuery, {
      representations: rows.map(({ upc, price, weight }) => ({
        __typename: 'Product',
        upc,
        price,
        weight,
      })),
    });
    const complete = new Map<string, StoredProduct>(
      rows.map((row, index) => [
        row.upc,
        { ...row, inStock: false, shippingEstimate: 0, ...stored[index] },
      ]),
    );
    return JSON.stringify({
      data: {
        users: users.map((user, index) => ({
          ...userOf(user.id),
          reviews: (withReviews[index]?.reviews ?? []).map((review) => ({
            ...textOf(review),
            product: {
              ...productOf(review),
              reviews: (review.product?.reviews ?? []).map(withAuthor),
            },
          })),
        })),
        topProducts: topProducts.map(({ upc }, index) => ({
          ...complete.get(upc),
          reviews: (withReviews[users.length + index]?.reviews ?? []).map(withAuthor),
        })),
      },
    });

    function note(reviews: readonly ReviewRow[] = []): void {
      for (const { author, product } of reviews) {
        if (product && !products.has(product.upc)) missing.add(product.upc);
        if (author && !people.has(author.id)) strangers.add(author.id);
        note(author?.reviews);
        note(product?.reviews);
      }
    }
    function userOf(id: string) {
      const { username, name } = people.get(id) ?? {};
      return { id, username, name };
    }
    function productOf({ product }: ReviewRow) {
      return product && complete.get(product.upc);
    }
    function withAuthor(review: ReviewRow) {
      const { author } = review;
      return {
        ...textOf(review),
        author: author && {
          ...userOf(author.id),
          reviews: author.reviews.map((each) => ({ ...textOf(each), product: productOf(each) })),
        },
      };
    }
  };
}

const textOf = ({ id, body }: ReviewRow) => ({ id, body });

const usersQuery = '{ users { id username name } }';
const productsQuery = '{ topProducts { upc name price weight } }';
const productEntities =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Product { upc name price weight } } }';
const userEntities =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { id username name } } }';
const inventoryQuery =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Product { inStock shippingEstimate } } }';
const reviewsQuery = `
  query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on User { reviews { id body product { upc reviews { ...Authored } } } }
      ... on Product { reviews { ...Authored } }
    }
  }
  fragment Authored on Review {
    id body author { id reviews { id body product { upc } } }
  }
`;
