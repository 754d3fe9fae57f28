import { buildSchema, GraphQLError, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { FederatedError } from './federation.ts';
import { chainedPaths, knownLimit, limitOfRefusal } from './known-limit.ts';
import { answerByMonolith } from './monolith.ts';
import type { Trace } from './subgraph-calls.ts';
import { createWorld } from './world.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])`;
const world = createWorld(
  buildSchema('type Query { item: Item! } type Item { id: ID! a: Int! b: Int! c: Int }'),
  {
    x: `${link} type Query { item: Item! } type Item @key(fields: "id") { id: ID! a: Int! }`,
    y: `${link} type Item @key(fields: "id") { id: ID! a: Int! @external b: Int! @requires(fields: "a") }`,
    z: `${link} type Item @key(fields: "id") { id: ID! b: Int! @external c: Int @requires(fields: "b") }`,
  },
  // Of which `c` is no null.
  3,
);
const expected = await answerByMonolith(world, parse('{ item { id b c } }'), {});
// Drawn by the world: an object with these three.
const { item } = expected.data as { readonly item: Readonly<Record<string, unknown>> };
const told: FederatedError = {
  message: '',
  path: ['item', 'c'],
  extensions: { code: 'UNRESOLVED' },
};
const chained = chainedPaths(world, expected);
const limitOf = (data: unknown, errors: readonly FederatedError[]) =>
  knownLimit(world, expected, { data, errors }, [], chained);

test('what is computed from what is computed is a chain, and nothing else is', () => {
  expect(item['c']).not.toBeNull();
  expect(chained).toEqual([['item', 'c']]);
});

describe('a chain of requirements explains', () => {
  test('its own end, where that is null and told as unresolved', () => {
    expect(limitOf({ item: { ...item, c: null } }, [told])).toBe('CHAIN_OF_REQUIREMENTS');
  });

  test.each<[string, unknown, readonly FederatedError[]]>([
    ['a null without an error', { item: { ...item, c: null } }, []],
    [
      'an error of another kind',
      { item: { ...item, c: null } },
      [{ ...told, extensions: { code: 'UNAVAILABLE' } }],
    ],
    ['an error elsewhere', { item: { ...item, c: null } }, [{ ...told, path: ['item', 'b'] }]],
    [
      'one more error beside its own',
      { item: { ...item, c: null } },
      [told, { ...told, path: ['item', 'b'] }],
    ],
    ['a null of another field', { item: { ...item, b: null, c: null } }, [told]],
    ['a null around it that need not be', { item: null }, [told]],
    ['a wrong value', { item: { ...item, c: 0.5 } }, [told]],
    ['a wrong value beside it', { item: { ...item, b: 0.5, c: null } }, [told]],
    ['a field that is not there', { item: { id: item['id'], b: item['b'] } }, [told]],
  ])('not %s', (_what, data, errors) => {
    expect(limitOf(data, errors)).toBeUndefined();
  });
});

describe('a question that is refused', () => {
  const trace: Trace = { calls: [], reads: [], violations: [], effects: [], lost: [], failed: [] };
  const refusal = new GraphQLError('', { extensions: { code: 'QUERY_TOO_COSTLY' } });

  test('for the time its plan takes is no wrong answer', () => {
    expect(limitOfRefusal(refusal, trace)).toBe('TOO_LONG_TO_PLAN');
  });

  test('is one for anything else, and after anybody was asked', () => {
    expect(limitOfRefusal(new GraphQLError('We should have an edge'), trace)).toBeUndefined();
    expect(limitOfRefusal(new Error(''), trace)).toBeUndefined();
    const asked = { ...trace, calls: [{ subgraph: 'x', body: '{}' }] };
    expect(limitOfRefusal(refusal, asked)).toBeUndefined();
  });
});
