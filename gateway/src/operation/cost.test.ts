import fc from 'fast-check';
import { parse } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { readSupergraph, type Supergraph } from '../supergraph/read-supergraph.ts';
import { compose } from '../test-subgraphs/compose.ts';
import { accessLink } from '../test-subgraphs/hub-graph.ts';
import { compileOperation } from './compile-operation.ts';
import { createCostReader, estimateCost } from './cost.ts';
import { createAnswerCounter } from './count-answer.ts';

const graph = `${accessLink}
  type Query {
    one: Item
    all: [Item!]
    ten: [Item!] @listSize(assumedSize: 10)
    page(first: Int = 20, last: Int): [Item!] @listSize(assumedSize: 7, slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
    dear: Int @cost(weight: 5)
    connection(first: Int): Connection @listSize(slicingArguments: ["first"], sizedFields: ["nodes"])
    asked(by: Int @cost(weight: 3)): Item
    heavy: Heavy
  }
  type Item { id: ID name: String parts: [Item!] @listSize(assumedSize: 3) }
  type Connection { nodes: [Item!] total: Int }
  type Heavy @cost(weight: 10) { id: ID }
`;
let supergraph: Supergraph;
beforeAll(() => {
  supergraph = readSupergraph(
    compose([{ name: 'a', typeDefs: graph, url: 'http://127.0.0.1:1' }]),
    {},
    'refuse',
  );
});

function compiled(query: string) {
  const operation = compileOperation(
    parse(query),
    undefined,
    supergraph.clientSchema,
    createCostReader(supergraph.names),
  );
  if (!operation) throw new Error('no operation');
  return operation;
}
function estimate(query: string, variables: Record<string, unknown> = {}): number {
  const operation = compiled(query);
  return estimateCost(operation.cost, { ...operation.variableDefaults, ...variables });
}

describe('the estimate is what the published rules give by hand', () => {
  test.each<[string, string, Record<string, unknown>, number]>([
    ['a leaf is free', '{ dear: __typename }', {}, 0],
    ['an object is one', '{ one { id name } }', {}, 1],
    ['a weight of the field', '{ dear }', {}, 5],
    ['a weight of the type', '{ heavy { id } }', {}, 10],
    ['a weight of an argument that is given', '{ asked(by: 1) { id } }', {}, 4],
    ['and of one that is not', '{ asked { id } }', {}, 1],
    ['a list without a size is a hundred', '{ all { id } }', {}, 100],
    ['an assumed size', '{ ten { id } }', {}, 10],
    ['a list in a list: 10 × (1 + 3 × 1)', '{ ten { parts { id } } }', {}, 40],
    ['three deep: 10 × (1 + 3 × (1 + 3))', '{ ten { parts { parts { id } } } }', {}, 130],
    ['a literal size', '{ page(first: 50) { id } }', {}, 50],
    ['the larger of two', '{ page(first: 5, last: 9) { id } }', {}, 9],
    ['a size of zero', '{ page(first: 0) { id } }', {}, 0],
    ['the default of the schema', '{ page { id } }', {}, 20],
    ['null is the default of the schema', '{ page(first: null) { id } }', {}, 20],
    ['a variable', 'query($n: Int) { page(first: $n) { id } }', { n: 33 }, 33],
    ['a variable that is not given', 'query($n: Int) { page(first: $n) { id } }', {}, 20],
    ['a variable that is null', 'query($n: Int) { page(first: $n) { id } }', { n: null }, 20],
    ['the default of a variable', 'query($n: Int = 44) { page(first: $n) { id } }', {}, 44],
    ['sized fields: 1 + 8 × 1', '{ connection(first: 8) { nodes { id } total } }', {}, 9],
    ['sized fields under an alias', '{ connection(first: 8) { n: nodes { id } } }', {}, 9],
    ['twice is twice', '{ a: one { id } b: one { id } }', {}, 2],
    [
      'a fragment, named and inline',
      '{ ...F ... on Query { one { id } } } fragment F on Query { ten { id } }',
      {},
      11,
    ],
    ['what is skipped is free', '{ ten @skip(if: true) { id } one { id } }', {}, 1],
    [
      'what is not included is free',
      'query($y: Boolean!) { ten @include(if: $y) { id } }',
      { y: false },
      0,
    ],
    ['what may be included is not', 'query($y: Boolean!) { ten @include(if: $y) { id } }', {}, 10],
    [
      'a skipped fragment is free',
      '{ ...F @skip(if: true) } fragment F on Query { ten { id } }',
      {},
      0,
    ],
    [
      'a huge size stays a number',
      '{ page(first: 2147483647) { parts { parts { id } } } }',
      {},
      1_000_000_000,
    ],
  ])('%s', (_title, query, variables, cost) => {
    expect(estimate(query, variables)).toBe(cost);
  });
});

test('an answer that keeps its sizes never counts for more than was estimated', () => {
  const item = (depth: number): fc.Arbitrary<object> =>
    fc.record({
      id: fc.string(),
      ...(depth > 0 ? { parts: fc.array(item(depth - 1), { maxLength: 3 }) } : {}),
    });
  const operation = compiled(
    '{ one { id } ten { id parts { id parts { id } } } page(first: 4) { id } connection(first: 5) { nodes { id } } dear heavy { id } }',
  );
  const expected = estimateCost(operation.cost, {});
  const count = createAnswerCounter(operation.cost);
  fc.assert(
    fc.property(
      fc.record({
        one: fc.option(item(0)),
        ten: fc.array(item(2), { maxLength: 10 }),
        page: fc.array(item(0), { maxLength: 4 }),
        connection: fc.record({ nodes: fc.array(item(0), { maxLength: 5 }) }),
        dear: fc.option(fc.integer()),
        heavy: fc.option(fc.record({ id: fc.string() })),
      }),
      (data) => {
        expect(count({ data, shape: null }).cost).toBeLessThanOrEqual(expected);
      },
    ),
  );
  const fullItem = {
    id: 'x',
    parts: Array.from({ length: 3 }, () => ({
      id: 'x',
      parts: Array.from({ length: 3 }, () => ({ id: 'x' })),
    })),
  };
  const full = {
    one: { id: 'x' },
    ten: Array.from({ length: 10 }, () => fullItem),
    page: Array.from({ length: 4 }, () => ({ id: 'x' })),
    connection: { nodes: Array.from({ length: 5 }, () => ({ id: 'x' })) },
    dear: 1,
    heavy: { id: 'x' },
  };
  expect(count({ data: full, shape: null }).cost).toBe(expected);
});
