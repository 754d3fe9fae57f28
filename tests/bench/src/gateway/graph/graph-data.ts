export interface User {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly birthday: string;
}

export interface Product {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
  readonly inStock: boolean;
}

export interface Review {
  readonly id: string;
  readonly body: string;
  readonly authorId: string;
  readonly productUpc: string;
}

export interface Article {
  readonly number: string;
  readonly title: string;
  readonly description: string;
  readonly grams: number;
  readonly cents: number;
  readonly rating: number;
  readonly isAvailable: boolean;
}

const names = ['Alder', 'Birch', 'Cedar', 'Elm', 'Hazel', 'Rowan'];
const goods = ['Table', 'Chair', 'Lamp', 'Shelf', 'Stool', 'Bench', 'Desk', 'Bed', 'Rug'];
const opinions = ['Fine', 'Steady', 'As said', 'Plain'];
/** Of each by everybody in turns, so that the nested answer has about 87 KB. */
const reviewsEach = 4;
const reviewedProducts = 5;
const reviewedBy = names.flatMap((_, author) =>
  Array.from({ length: reviewsEach }, (_, turn) => ({
    author: author + 1,
    product: 1 + ((author + turn * 2) % reviewedProducts),
  })),
);

export const users: readonly User[] = names.map((name, index) => ({
  id: String(index + 1),
  name,
  username: `@${name.toLowerCase()}`,
  birthday: `19${70 + index}-01-01`,
}));

export const products: readonly Product[] = goods.map((name, index) => ({
  upc: String(index + 1),
  name,
  price: 100 * (index + 3),
  weight: 50 + 350 * (index % 4),
  inStock: index % 3 !== 1,
}));

export const reviews: readonly Review[] = reviewedBy.map(({ author, product }, index) => ({
  id: String(index + 1),
  body: opinions[index % opinions.length] ?? '',
  authorId: String(author),
  productUpc: String(product),
}));

/** A thousand rows with values of every kind: 224 KB as the big question asks for them. */
export const articles: readonly Article[] = Array.from({ length: 1_000 }, (_, index) => ({
  number: `A-${String(index).padStart(5, '0')}`,
  title: `${goods[index % goods.length] ?? ''} no. ${index}`,
  description: `Made of ${names[index % names.length] ?? ''}, size ${index % 17}, series ${index % 91}; oiled by hand, packed in paper and delivered flat within the same week`,
  grams: 200 + ((index * 37) % 9_000),
  cents: 999 + ((index * 113) % 40_000),
  rating: Math.round(((index * 7) % 50) + 1) / 10,
  isAvailable: index % 5 !== 0,
}));

/** Heavy goods that are not dear cost something to send. */
export function shippingEstimate(price: number, weight: number): number {
  return price > 1_000 ? 0 : Math.round(weight * 0.5);
}
