import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@tavolo/process-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningGateway, startGateway } from './gateway.ts';
import { compose } from './test-subgraphs/compose.ts';
import { createOpenGate } from './test-subgraphs/open-gate.ts';
import { askGateway } from './test-subgraphs/province.ts';
import { startTestSubgraph, type TestSubgraph } from './test-subgraphs/start-test-subgraph.ts';
import { thisMachine } from './test-subgraphs/this-machine.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", "@requires", "@provides", "@shareable", "@interfaceObject"])`;

const libraryTypeDefs = `${link}
  type Query { media: [Media] search: [Found!] shelf: Shelf }
  type Mutation { lend(id: ID!): Media }
  interface Media @key(fields: "id") { id: ID! title: String }
  type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int tags: [[String]] }
  type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int author: Author }
  union Found = Book | Author
  type Author @key(fields: "code") { code: ID name: String @shareable }
  type Shelf { author: Author @provides(fields: "country") best: Found }
  extend type Author { country: String @external }
`;
const reviewsTypeDefs = `${link}
  type Query { reviewed: [Media!] }
  type Media @key(fields: "id") @interfaceObject { id: ID! score: Float stars: Int @requires(fields: "title") title: String @external }
  type Author @key(fields: "code") { code: ID country: String @shareable name: String @shareable }
`;

const media = [
  { __typename: 'Book', id: '1', title: 'Uno', pages: 10, tags: [['a', null], null, []] },
  null,
  {
    __typename: 'Film',
    id: '2',
    title: 'Due',
    minutes: 90,
    author: { code: null, name: 'Nobody' },
  },
  { __typename: 'Film', id: '3', title: null, minutes: null, author: { code: 'x', name: 'Xenia' } },
];
const author = { __typename: 'Author', code: 'x', name: 'Xenia', country: 'from the shelf' };

let library: TestSubgraph;
let reviews: TestSubgraph;
let gateway: RunningGateway;
let folder: string;
beforeAll(async () => {
  library = await startTestSubgraph(libraryTypeDefs, {
    Query: {
      media: () => media,
      search: () => [media[0], author],
      shelf: () => ({ author, best: author }),
    },
    Mutation: { lend: () => media[0] },
    Media: {
      __resolveReference: ({ id }: { id: string }) => media.find((each) => each?.id === id),
    },
    Book: { __resolveReference: ({ id }: { id: string }) => media.find((each) => each?.id === id) },
    Film: { __resolveReference: ({ id }: { id: string }) => media.find((each) => each?.id === id) },
  });
  reviews = await startTestSubgraph(reviewsTypeDefs, {
    Query: { reviewed: () => [{ id: '1' }, { id: '2' }] },
    Media: {
      __resolveReference: (reference: object) => reference,
      score: ({ id }: { id: string }) => Number(id) / 2,
      stars: ({ title }: { title: string | null }) => title?.length ?? null,
    },
    Author: {
      __resolveReference: ({ code }: { code: string | null }) => (code === null ? null : { code }),
      country: () => 'from the reviews',
    },
  });
  folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const supergraphFile = join(folder, 'supergraph.graphql');
  await writeFile(
    supergraphFile,
    compose([
      { name: 'library', typeDefs: libraryTypeDefs, url: library.url },
      { name: 'reviews', typeDefs: reviewsTypeDefs, url: reviews.url },
    ]),
  );
  gateway = await startGateway({
    supergraphFile,
    allowedNetworks: thisMachine,
    host: '127.0.0.1',
    gate: createOpenGate(),
    port: 0,
    logger: createLogger({ name: 'gateway', level: 'silent' }),
  });
});
afterAll(async () => {
  await gateway.close();
  await Promise.all([library.close(), reviews.close()]);
  await rm(folder, { recursive: true });
});

describe('right answers come through untouched', () => {
  test.each([
    [
      'interfaces, lists in lists, nulls in lists',
      '{ media { id title ... on Book { pages tags } ... on Film { minutes } } }',
      {
        media: [
          { id: '1', title: 'Uno', pages: 10, tags: [['a', null], null, []] },
          null,
          { id: '2', title: 'Due', minutes: 90 },
          { id: '3', title: null, minutes: null },
        ],
      },
    ],
    [
      'an interface object, from its own side and from the other',
      '{ media { id score stars } reviewed { __typename id score title ... on Book { pages } } }',
      {
        media: [
          { id: '1', score: 0.5, stars: 3 },
          null,
          { id: '2', score: 1, stars: 3 },
          { id: '3', score: 1.5, stars: null },
        ],
        reviewed: [
          { __typename: 'Book', id: '1', score: 0.5, title: 'Uno', pages: 10 },
          { __typename: 'Film', id: '2', score: 1, title: 'Due' },
        ],
      },
    ],
    [
      'unions, with one name for fields of two types',
      '{ search { __typename ... on Book { what: title } ... on Author { what: name country } } }',
      {
        search: [
          { __typename: 'Book', what: 'Uno' },
          { __typename: 'Author', what: 'Xenia', country: 'from the reviews' },
        ],
      },
    ],
    [
      '@provides, without asking the other',
      '{ shelf { author { name country } best { ... on Author { name } } } }',
      { shelf: { author: { name: 'Xenia', country: 'from the shelf' }, best: { name: 'Xenia' } } },
    ],
    [
      'a key that is null',
      '{ media { ... on Film { author { name country } } } }',
      {
        media: [
          {},
          null,
          { author: { name: 'Nobody', country: null } },
          { author: { name: 'Xenia', country: 'from the reviews' } },
        ],
      },
    ],
    ['a mutation', 'mutation { lend(id: "1") { id score } }', { lend: { id: '1', score: 0.5 } }],
    [
      'introspection',
      '{ __schema { queryType { name } } __type(name: "Media") { kind possibleTypes { name } } }',
      {
        __schema: { queryType: { name: 'Query' } },
        __type: { kind: 'INTERFACE', possibleTypes: [{ name: 'Book' }, { name: 'Film' }] },
      },
    ],
    [
      'fragments and variables',
      'query Q($yes: Boolean!) { media { ...T } } fragment T on Media { id title @skip(if: $yes) }',
      { media: [{ id: '1' }, null, { id: '2' }, { id: '3' }] },
    ],
  ])('%s', async (_title, query, expected) => {
    const answer = await askGateway(gateway.url, query, { yes: true });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual(expected);
  });
});
