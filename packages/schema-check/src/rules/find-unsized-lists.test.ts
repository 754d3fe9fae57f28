import { expect, it } from 'vitest';
import { judgedOf } from '../judge.fixture.ts';
import { findUnsizedLists } from './find-unsized-lists.ts';

const found = (sdl: string) =>
  findUnsizedLists(judgedOf(sdl)).map(({ code, coordinate }) => [coordinate, code]);

it.each([
  ['type Query { all: [Int!]! }', 'Query.all', 'LIST_WITHOUT_SIZE'],
  ['extend type Query { all: [Int] }', 'Query.all', 'LIST_WITHOUT_SIZE'],
  ['interface Node { all: [[Int]] }', 'Node.all', 'LIST_WITHOUT_SIZE'],
  [
    'type Query { all(first: Int): [Int] @listSize(slicingArguments: ["first"]) }',
    'Query.all',
    'LIST_SIZE_INCOMPLETE',
  ],
  [
    'type Query { all(first: Int): [Int] @listSize(assumedSize: 9) }',
    'Query.all',
    'LIST_SIZE_INCOMPLETE',
  ],
  ['type Query { page: Page } type Page { nodes: [Int] }', 'Page.nodes', 'LIST_WITHOUT_SIZE'],
  [
    `type Query {
      page: Page @listSize(assumedSize: 9, sizedFields: ["nodes"])
      other: Page @listSize(assumedSize: 9)
    } type Page { nodes: [Int] }`,
    'Page.nodes',
    'LIST_WITHOUT_SIZE',
  ],
])('a list that nobody could estimate is named: %s', (sdl, coordinate, code) => {
  expect(found(sdl)).toEqual([[coordinate, code]]);
});

it('a list with a size, or sized by whatever returns its page, passes', () => {
  const sdl = `
    type Query {
      page(first: Int): Page @listSize(assumedSize: 9, slicingArguments: ["first"], sizedFields: ["nodes"])
      all: [Int!]! @listSize(assumedSize: 9)
    }
    type Page { nodes: [Int!]! total: Int }
  `;
  expect(found(sdl)).toEqual([]);
});
