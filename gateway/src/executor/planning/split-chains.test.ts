import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { describe, expect, test } from 'vitest';
import { compose } from '../../test-subgraphs/compose.ts';
import { atOnce, entitiesOf, factsOf, inTurn, provided, rootOf } from '../plan.fixture.ts';
import { splitChains } from './split-chains.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])`;
const subgraph = (name: string, sdl: string) => ({
  name,
  url: 'http://127.0.0.1:1/',
  typeDefs: `${link} ${sdl}`,
});
const facts = factsOf(
  compose([
    subgraph(
      'shop',
      `type Query { item: Item items: [Item] }
       type Item @key(fields: "id") {
         id: ID! weight: Int @external price(in: Int): Int @requires(fields: "weight")
         maker: Maker alone: Boolean @requires(fields: "weight")
       }
       type Maker @key(fields: "id") { id: ID! town: String @external road: String @external far: Boolean @requires(fields: "road") near: Boolean @requires(fields: "town") }`,
    ),
    subgraph(
      'scale',
      `type Item @key(fields: "id") { id: ID! density: Int @external weight: Int @requires(fields: "density") }`,
    ),
    subgraph('lab', 'type Item @key(fields: "id") { id: ID! density: Int }'),
    subgraph(
      'register',
      'type Maker @key(fields: "id") @key(fields: "code") { id: ID! code: ID! }',
    ),
    subgraph('roads', 'type Maker @key(fields: "number") { number: ID! road: String }'),
    subgraph(
      'numbers',
      'type Maker @key(fields: "code") @key(fields: "number") { code: ID! number: ID! }',
    ),
    subgraph(
      'map',
      `type Maker @key(fields: "code") { code: ID! town: String }
       type Item @key(fields: "id") { id: ID! price(in: Int): Int @external cheap: Boolean @requires(fields: "price(in: 1)") }`,
    ),
  ]),
);

const split = (node: PlanNode) => splitChains({ kind: 'QueryPlan', node }, facts).node;

/** Each fetch in a line: whom, of what, by what, what. */
function linesOf(node: QueryPlan['node'], path = ''): readonly string[] {
  if (!node) return [];
  if (node.kind === 'Sequence' || node.kind === 'Parallel') {
    return node.nodes.flatMap((each) => linesOf(each, path));
  }
  if (node.kind === 'Flatten') return linesOf(node.node, node.path.join('.'));
  if (node.kind === 'Condition') return linesOf(node.ifClause ?? node.elseClause, path);
  if (node.kind !== 'Fetch') return [];
  const [reference] = node.requires ?? [];
  const held =
    reference?.kind === 'InlineFragment'
      ? reference.selections.map((each) => (each.kind === 'Field' ? each.name : '')).join(' ')
      : '';
  const asked = node.operation.replace(
    /^.*_entities\(representations:\$representations\)(.*)\}$/u,
    '$1',
  );
  return [
    [node.serviceName, path, held, asked.replaceAll(/\s+/gu, ' ')].filter(Boolean).join(' | '),
  ];
}

const weightFirst = (path: string) => [
  `lab | ${path} | __typename id | {...on Item{density}}`,
  `scale | ${path} | __typename id density | {...on Item{weight}}`,
];

describe('a field that the root is asked without what it requires', () => {
  test('is asked of the entity, after what it requires, and so on', () => {
    expect(linesOf(split(rootOf('shop', '{item{alone}}')))).toEqual([
      'shop | {item{__typename id}}',
      ...weightFirst('item'),
      'shop | item | __typename id weight | {...on Item{alone}}',
    ]);
  });

  test('leaves what stands beside it and around it, in lists and under other names', () => {
    const lines = linesOf(split(rootOf('shop', '{items_1:items{...on Item{id alone} maker{id}}}')));
    expect(lines[0]).toBe('shop | {items_1:items{...on Item{id __typename}maker{id}}}');
    expect(lines.at(-1)).toBe('shop | items_1 | __typename id weight | {...on Item{alone}}');
  });

  test('keeps its arguments, their variables and its condition', () => {
    const operation = 'query($n:Int $a:Boolean!){item{price_1:price(in:$n)@include(if:$a)}}';
    const node = split(rootOf('shop', operation));
    expect(JSON.stringify(node)).toContain(
      'query($representations:[_Any!]!$n:Int$a:Boolean!){_entities(representations:$representations){...on Item{price_1:price(in:$n)@include(if:$a)}}}',
    );
  });
});

describe('a fetch of entities', () => {
  test('whose references lack what a field requires goes without that field, which comes later', () => {
    const node = split(
      entitiesOf('shop', 'item', {
        requires: '... on Item { __typename id }',
        fields: '... on Item { alone maker { id } }',
      }),
    );
    expect(linesOf(node)).toEqual([
      'shop | item | __typename id | {...on Item{__typename id maker{id}}}',
      ...weightFirst('item'),
      'shop | item | __typename id weight | {...on Item{alone}}',
    ]);
  });

  test('whose references hold what its fields require stays as it is', () => {
    const whole = entitiesOf('shop', 'item', {
      requires: '... on Item { __typename id weight }',
      fields: '... on Item { alone }',
    });
    expect(split(whole)).toEqual(whole);
  });
});

test('a key that is not at hand is had from who knows both', () => {
  expect(linesOf(split(rootOf('shop', '{item{maker{near}}}')))).toEqual([
    'shop | {item{maker{__typename id}}}',
    'register | item.maker | __typename id | {...on Maker{code}}',
    'map | item.maker | __typename code | {...on Maker{town}}',
    'shop | item.maker | __typename id town | {...on Maker{near}}',
  ]);
});

test("what is others' to give is had from them", () => {
  expect(linesOf(split(rootOf('shop', '{item{id weight}}')))).toEqual([
    'shop | {item{id __typename}}',
    ...weightFirst('item'),
  ]);
});

test('what the plan does next waits for it', () => {
  const next = entitiesOf('map', 'item', {
    requires: '... on Item { __typename id price }',
    fields: '... on Item { cheap }',
  });
  const node = split(inTurn(rootOf('shop', '{item{price}}'), atOnce(next)));
  expect(node?.kind).toBe('Sequence');
  expect(linesOf(node).at(-1)).toContain('cheap');
});

test('a condition around it stays around it', () => {
  const node = split(provided('a', rootOf('shop', '{item{alone}}')));
  expect(node?.kind).toBe('Condition');
  expect(linesOf(node)).toHaveLength(4);
});

describe('the plan stays as it is', () => {
  test('where no key leads to who gives what is required', () => {
    const root = rootOf('shop', '{item{maker{far}}}');
    expect(split(root)).toEqual(root);
  });

  test('where what comes back is renamed', () => {
    const rename = { kind: 'KeyRenamer' as const, path: ['item'], renameKeyTo: 'item_1' };
    const root = rootOf('shop', '{item{alone}}', [rename]);
    expect(split(root)).toEqual(root);
  });

  test('where nothing in the graph requires anything', () => {
    const plain = factsOf(compose([subgraph('shop', 'type Query { item: Int }')]));
    const plan = { kind: 'QueryPlan' as const, node: rootOf('shop', '{item}') };
    expect(splitChains(plan, plain)).toBe(plan);
  });

  test('where there is nothing to ask', () => {
    expect(splitChains({ kind: 'QueryPlan' }, facts)).toEqual({ kind: 'QueryPlan' });
  });
});

describe('where everything requires everything of the next', () => {
  const names = (layer: number, width: number) =>
    Array.from({ length: width }, (_, at) => `l${layer}_${at}`);

  /** Each of the fields of a layer is computed from all of the next one's. */
  function splitLayers(depth: number, width: number, operation: string) {
    const layers = Array.from({ length: depth + 1 }, (_, layer) => {
      const next = layer === depth ? [] : names(layer + 1, width);
      const requires = next.length === 0 ? '' : `@requires(fields: "${next.join(' ')}")`;
      const fields = [
        ...next.map((name) => `${name}: Int @external`),
        ...names(layer, width).map((name) => `${name}: Int ${requires}`),
      ];
      const query = layer === 0 ? 'type Query { item: Item }' : '';
      return subgraph(
        `s${layer}`,
        `${query} type Item @key(fields: "id") { id: ID! ${fields.join(' ')} }`,
      );
    });
    const root = rootOf('s0', operation);
    return {
      root,
      node: splitChains({ kind: 'QueryPlan', node: root }, factsOf(compose(layers))).node,
    };
  }

  test('each field is fetched once, and after all that it requires', () => {
    const { node } = splitLayers(5, 3, '{item{l0_0}}');
    const owners = linesOf(node).map((line) => line.slice(0, 2));
    expect(owners).toEqual([
      's0',
      ...[5, 4, 3, 2, 1].flatMap((layer) => names(layer, 3).map(() => `s${layer}`)),
      's0',
    ]);
    expect(linesOf(node)).toHaveLength(new Set(linesOf(node)).size);
  });

  test('fields of one object share what they require', () => {
    const { node } = splitLayers(3, 4, '{item{l0_0 l0_1 l0_2 l0_3}}');
    expect(linesOf(node)).toHaveLength(1 + 4 * 4);
  });

  test('the plan stays as it is where that takes too many fetches', () => {
    const { root, node } = splitLayers(1, 60, '{item{l0_0}}');
    expect(node).toEqual(root);
  });
});

describe('a plan does not grow without end', () => {
  const detourLines = (node: QueryPlan['node']) => linesOf(node).slice(1);

  test('in one fetch', () => {
    const many = Array.from({ length: 100 }, (_, at) => `i${at}:item{alone}`);
    const node = split(rootOf('shop', `{${many.join(' ')}}`));
    expect(detourLines(node)).toHaveLength(60);
    expect(linesOf(node)[0]).toContain('i19:item{__typename id}i20:item{alone}');
  });

  test('in many fetches', () => {
    const many = Array.from({ length: 100 }, (_, at) =>
      entitiesOf('shop', `items_${at}`, {
        requires: '... on Item { __typename id }',
        fields: '... on Item { alone }',
      }),
    );
    expect(linesOf(split(atOnce(...many)))).toHaveLength(100 + 60);
  });
});
