import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { findUnsizedLists } from './find-unsized-lists.ts';

it.each([
  ['type Query { all: [Int!]! }', 'Query.all is a list without a size'],
  ['interface Node { all: [[Int]] }', 'Node.all is a list without a size'],
  [
    'type Query { all(first: Int): [Int] @listSize(slicingArguments: ["first"]) }',
    'Query.all: @listSize has no assumedSize',
  ],
  [
    'type Query { all(first: Int): [Int] @listSize(assumedSize: 9) }',
    'Query.all: @listSize does not name "first"',
  ],
  ['type Query { page: Page } type Page { nodes: [Int] }', 'Page.nodes is a list without a size'],
  [
    `type Query {
      page: Page @listSize(assumedSize: 9, sizedFields: ["nodes"])
      other: Page @listSize(assumedSize: 9)
    } type Page { nodes: [Int] }`,
    'Page.nodes is a list without a size',
  ],
])('a list that nobody could estimate is named: %s', (sdl, problem) => {
  const problems = findUnsizedLists(parse(sdl));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(problem);
});

it('a list with a size, or sized by whatever returns its page, passes', () => {
  const sdl = `
    type Query {
      page(first: Int): Page @listSize(assumedSize: 9, slicingArguments: ["first"], sizedFields: ["nodes"])
      all: [Int!]! @listSize(assumedSize: 9)
    }
    type Page { nodes: [Int!]! total: Int }
  `;
  expect(findUnsizedLists(parse(sdl))).toEqual([]);
});
