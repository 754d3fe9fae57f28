import { beforeAll, describe, expect, test } from 'vitest';
import { compose } from '../test-subgraphs/compose.ts';
import { readSupergraph } from './read-supergraph.ts';
import { SupergraphProblem } from './supergraph-problem.ts';

const imports =
  '"@key", "@external", "@requires", "@shareable", "@inaccessible", "@override", "@authenticated", "@requiresScopes", "@policy", "@context", "@fromContext", "@cost", "@listSize"';
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`;

function composed(a: string, b?: string): string {
  return compose([
    { name: 'a', typeDefs: `${link} ${a}`, url: 'http://127.0.0.1:1/a' },
    ...(b === undefined
      ? []
      : [{ name: 'b', typeDefs: `${link} ${b}`, url: 'http://127.0.0.1:1/b' }]),
  ]);
}

const read = (sdl: string, urls = {}) => readSupergraph(sdl, urls, 'refuse');

describe('a supergraph that asks for access control', () => {
  test.each([
    ['@authenticated', 'type Query { a: String @authenticated }'],
    ['@requiresScopes', 'type Query { a: String @requiresScopes(scopes: [["x"]]) }'],
    ['@policy', 'type Query { a: String @policy(policies: [["x"]]) }'],
  ])('%s is known as protected, and refused when its link was taken out', (name, typeDefs) => {
    const sdl = composed(typeDefs);
    expect(read(sdl).isProtected).toBe(true);
    // The way past the library's own check: the link is taken out, the directive stays and means nothing.
    const withoutLink = sdl.replace(/@link\([^)]*for: SECURITY\)/gu, '');
    expect(withoutLink).not.toBe(sdl);
    expect(() => read(withoutLink)).toThrow(SupergraphProblem);
    expect(() => read(withoutLink)).toThrow(`${name} asks for access control`);
  });

  test.each(['[]', '[[]]', '[["x"], []]', '[[""]]'])(
    'a rule of %s, which nobody could fail, is refused',
    (scopes) => {
      const sdl = composed('type Query { a: String @requiresScopes(scopes: [["x"]]) }');
      const changed = sdl.replace(
        '@requiresScopes(scopes: [["x"]])',
        `@requiresScopes(scopes: ${scopes})`,
      );
      expect(changed).not.toBe(sdl);
      expect(() => read(changed)).toThrow('must list at least one set of scopes');
    },
  );

  test('a graph that asks for none is not protected', () => {
    expect(read(composed('type Query { a: String }')).isProtected).toBe(false);
  });
});

describe('a supergraph that promises what the gateway does not do is refused', () => {
  test('@override with a label', () => {
    const sdl = composed(
      'type Query { t: T } type T @key(fields: "id") { id: ID! x: Int @override(from: "b", label: "percent(5)") }',
      'type T @key(fields: "id") { id: ID! x: Int }',
    );
    expect(() => read(sdl)).toThrow('@override(label:)');
  });

  test('@fromContext', () => {
    const sdl = composed(
      `scalar federation__ContextFieldValue
       type Query { t: T } type T @key(fields: "id") @context(name: "c") { id: ID! kind: String u: U }
       type U @key(fields: "id") { id: ID! x(kind: String @fromContext(field: "$c { kind }")): Int }`,
      'type U @key(fields: "id") { id: ID! other: Int }',
    );
    expect(() => read(sdl)).toThrow('@fromContext');
  });
});

describe('a supergraph that documents its cost', () => {
  test('is accepted', () => {
    const sdl = composed(
      'type Query { a(first: Int): [String] @cost(weight: 5) @listSize(slicingArguments: ["first"]) }',
    );
    expect(read(sdl).subgraphs).toEqual([{ name: 'a', url: 'http://127.0.0.1:1/a' }]);
  });
});

describe('addresses', () => {
  let sdl: string;
  beforeAll(() => {
    sdl = composed('type Query { a: String }');
  });

  test('can be replaced by name', () => {
    expect(read(sdl, { a: 'http://127.0.0.1:2/x' }).subgraphs).toEqual([
      { name: 'a', url: 'http://127.0.0.1:2/x' },
    ]);
  });

  test('for a subgraph that does not exist are a mistake', () => {
    expect(() => read(sdl, { b: 'http://127.0.0.1:2' })).toThrow(
      'names b, which the supergraph does not have',
    );
  });

  test('that are not http are a mistake', () => {
    expect(() => read(sdl, { a: 'file:///etc/passwd' })).toThrow('No usable http address for a');
  });
});

test.each(['', 'not GraphQL {', 'type Query { a: String }'])('%j is not a supergraph', (sdl) => {
  expect(() => read(sdl)).toThrow(SupergraphProblem);
});

describe('@requires', () => {
  const owner = (price: string) =>
    `type Query { item: Item } type Item @key(fields: "id") { id: ID! ${price} }`;
  const user = (price: string, fields: string) =>
    `type Item @key(fields: "id") { id: ID! ${price} ${fields} }`;
  const external = 'price(currency: String = "EUR"): Float @external';

  test('on a field without arguments is fine', () => {
    const sdl = composed(
      owner('price: Float'),
      user('price: Float @external', 'tax: Float @requires(fields: "price")'),
    );
    expect(read(sdl).unsafeRequires).toEqual([]);
  });

  test.each(['price', 'price(currency: \\"USD\\")'])(
    'on %s, which clients can ask in other ways, is refused',
    (required) => {
      const sdl = composed(
        owner('price(currency: String = "EUR"): Float'),
        user(external, `tax: Float @requires(fields: "${required}")`),
      );
      expect(() => read(sdl)).toThrow(
        'Item.tax: requires Item.price, which clients can ask with other arguments',
      );
      expect(readSupergraph(sdl, {}, 'warn').unsafeRequires).toHaveLength(1);
    },
  );

  test('on a hidden field always with the same arguments is fine, with two different ones refused', () => {
    const hidden = owner('price(currency: String): Float @inaccessible');
    const same = composed(
      hidden,
      user(
        'price(currency: String): Float @external',
        'tax: Float @requires(fields: "price(currency: \\"USD\\")")',
      ),
    );
    expect(read(same).unsafeRequires).toEqual([]);
    const different = composed(
      hidden,
      user(
        'price(currency: String): Float @external',
        'tax: Float @requires(fields: "price(currency: \\"USD\\")") duty: Float @requires(fields: "price(currency: \\"EUR\\")")',
      ),
    );
    expect(() => read(different)).toThrow('with other arguments than');
  });
});
