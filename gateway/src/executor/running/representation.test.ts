import type { FetchDataRewrite } from '@apollo/query-planner';
import { describe, expect, test } from 'vitest';
import { compose } from '../../test-subgraphs/compose.ts';
import type { JsonObject } from '../json-object.ts';
import { entitiesOf, factsOf, planOf } from '../plan.fixture.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable", "@interfaceObject"])`;
const facts = factsOf(
  compose([
    {
      name: 'owner',
      url: 'http://127.0.0.1:1/',
      typeDefs: `${link} scalar Any type Query { item: Item place: Place }
        type Item @key(fields: "id") @key(fields: "code maker { tax }") @key(fields: "constructor") {
          id: ID code: String constructor: Int note: String size: Float kinds: [Kind!] any: Any maker: Maker parts: [Maker]
        }
        enum Kind { NEW OLD }
        type Maker @shareable { tax: ID name: String }
        interface Place @key(fields: "id") { id: ID! }
        type House implements Place @key(fields: "id") { id: ID! }
        type Tent implements Place @key(fields: "id") { id: ID! }`,
    },
    {
      name: 'user',
      url: 'http://127.0.0.1:2/',
      typeDefs: `${link} scalar Any
        type Item @key(fields: "id") @key(fields: "code maker { tax }") @key(fields: "constructor") {
          id: ID code: String @shareable constructor: Int @shareable
          note: String @external size: Float @external kinds: [Kind!] @external any: Any @external
          maker: Maker @shareable parts: [Maker] @external
          mark: Int label: String @requires(fields: "note size kinds any parts { name }")
        }
        enum Kind { NEW OLD }
        type Maker @shareable { tax: ID name: String }
        type Place @key(fields: "id") @interfaceObject { id: ID! rent: Int }`,
    },
  ]),
);

function write(
  entity: JsonObject,
  requires: string,
  fields = '... on Item { mark }',
  inputRewrites: FetchDataRewrite[] = [],
): unknown {
  const [step] = planOf(
    facts,
    entitiesOf('user', 'item', { requires, fields, inputRewrites }),
  ).steps;
  const written = step?.representations?.of(entity)?.write(entity);
  return typeof written === 'string' ? JSON.parse(written) : written;
}

const byId = '... on Item { __typename id }';
const item = { __typename: 'Item', id: '1' };

describe('a reference', () => {
  test('holds what the plan requires, and nothing else of the object', () => {
    expect(write({ ...item, secret: 1 }, byId)).toEqual(item);
  });

  test('has the values as they came, deep and in lists', () => {
    const known = { note: '"\u2028', size: 1.5, kinds: ['NEW'], parts: [{ name: 'a' }, null] };
    expect(
      write({ ...item, ...known }, '... on Item { __typename id note size kinds parts { name } }'),
    ).toEqual({ ...item, ...known });
  });

  test('keeps a null that is no key: the subgraph is told that there is none', () => {
    expect(write({ ...item, note: null }, '... on Item { __typename id note }')).toEqual({
      ...item,
      note: null,
    });
  });

  test('may have a field called as what every object has, but only its own', () => {
    const requires = '... on Item { __typename constructor }';
    expect(write({ __typename: 'Item', constructor: 7 }, requires)).toEqual({
      __typename: 'Item',
      constructor: 7,
    });
    expect(write({ __typename: 'Item' }, requires)).toBeUndefined();
  });

  test('says the name of the interface where the subgraph knows only that', () => {
    const rename: FetchDataRewrite = {
      kind: 'ValueSetter',
      path: ['... on Place', '__typename'],
      setValueTo: 'Place',
    };
    const house = { __typename: 'House', id: '1' };
    const requires = '... on House { __typename id } ... on Tent { __typename id }';
    expect(write(house, requires, '... on Place { rent }', [rename])).toEqual({
      __typename: 'Place',
      id: '1',
    });
  });
});

describe('no reference, because there is no such entity', () => {
  test('where its only key is null', () => {
    expect(write({ ...item, id: null }, byId)).toBeNull();
  });

  test('where a part of its only key is null, however deep', () => {
    const requires = '... on Item { __typename code maker { tax } }';
    const entity = { __typename: 'Item', code: 'c' };
    expect(write({ ...entity, maker: { tax: null } }, requires)).toBeNull();
    expect(write({ ...entity, maker: null }, requires)).toBeNull();
  });

  test('where the plan says in fragments within fragments what its key is', () => {
    const requires = '... on Item { ... on Item { __typename id } ... on Tent { code } }';
    expect(write({ ...item, id: null }, requires)).toBeNull();
    expect(write({ __typename: 'Item', id: '1' }, requires)).toEqual({
      __typename: 'Item',
      id: '1',
    });
  });

  test('but there is one where another key is whole', () => {
    const requires = '... on Item { __typename id code maker { tax } }';
    const entity = { ...item, code: null, maker: { tax: 't' } };
    expect(write(entity, requires)).toEqual(entity);
  });
});

describe('no reference, because nobody is to be asked', () => {
  test('of objects of a type that the plan asks nothing of', () => {
    expect(write({ __typename: 'Tent', id: '1' }, byId)).toBeUndefined();
  });

  test('of objects of a type that the plan has no key of', () => {
    const requires = '... on Item { __typename note }';
    expect(write({ ...item, note: 'n' }, requires)).toBeUndefined();
  });
});

describe('no reference, because something could not be had', () => {
  const requires = '... on Item { __typename id note parts { name } }';
  test.each([
    ['a field', { ...item, parts: null }],
    ['a field below', { ...item, note: 'n', parts: [{}] }],
    ['a key', { __typename: 'Item', note: 'n', parts: null }],
    ['the type', { id: '1', note: 'n', parts: null }],
  ])('%s is missing', (_what, entity) => {
    expect(write(entity, requires)).toBeUndefined();
  });

  test.each([
    ['an object for a text', { ...item, note: {}, parts: null }],
    ['a text for a list', { ...item, note: 'n', parts: 'p' }],
    ['a number for an object', { ...item, note: 'n', parts: [1] }],
  ])('%s is sent to nobody', (_what, entity) => {
    expect(write(entity, requires)).toBeUndefined();
  });

  test.each([
    ['a number that JSON does not have', 'size', '1e400'],
    ['one within a value of any kind', 'any', '{"a":[1e400]}'],
    ['a value nested ten thousand levels deep', 'any', '['.repeat(10_000) + ']'.repeat(10_000)],
  ])('%s is sent to nobody', (_what, field, text) => {
    const entity = { ...item, [field]: JSON.parse(text) as unknown };
    expect(write(entity, `... on Item { __typename id ${field} }`)).toBeUndefined();
    expect(write(entity, byId)).toEqual(item);
  });
});

test('a rewrite that nobody knows is a defect, and no reference', () => {
  const rewrite: FetchDataRewrite = { kind: 'KeyRenamer', path: ['id'], renameKeyTo: 'x' };
  expect(() => write(item, byId, '... on Item { mark }', [rewrite])).toThrow('does not know');
});
