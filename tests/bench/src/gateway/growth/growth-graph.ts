import type { MemorySubgraph } from '../graph/start-memory-subgraphs.ts';

/** How many subgraphs know something of each item, besides the one that lists them. */
export const furtherSubgraphs = 30;
/** Of one line in the answer, comma included. */
export const lineBytes = 100;

/** One subgraph that lists items and lines, and many that each add one field to an item. */
export function growthSubgraphs(): MemorySubgraph[] {
  return [
    {
      name: 'lists',
      sdl: `
        type Query {
          me: Item
          items(first: Int!): [Item!]!
          lines(first: Int!): [Line!]!
        }
        type Item @key(fields: "id") { id: ID! }
        type Line { number: Int! text: String! }
      `,
      resolvers: {
        Query: {
          me: () => ({ id: '1' }),
          items: (_root: unknown, { first }: { first: number }) =>
            Array.from({ length: first }, (_, index) => ({ id: String(index) })),
          lines: (_root: unknown, { first }: { first: number }) =>
            Array.from({ length: first }, (_, index) => lineOf(index)),
        },
      },
    },
    ...Array.from({ length: furtherSubgraphs }, (_, index) => {
      const field = `note${index + 1}`;
      return {
        name: `notes${index + 1}`,
        sdl: `extend type Item @key(fields: "id") { id: ID! @external ${field}: String }`,
        resolvers: {
          Item: {
            __resolveReference: ({ id }: { id: string }) => ({ id, [field]: `${field} of ${id}` }),
          },
        },
      };
    }),
  ];
}

function lineOf(number: number): { readonly number: number; readonly text: string } {
  const bare = JSON.stringify({ number, text: '' }).length + 1;
  return { number, text: 'x'.repeat(lineBytes - bare) };
}
