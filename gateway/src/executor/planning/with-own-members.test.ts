import type { PlanNode } from '@apollo/query-planner';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { compose } from '../../test-subgraphs/compose.ts';
import { entitiesOf, factsOf, inTurn, rootOf } from '../plan.fixture.ts';
import { chooseOperation } from './choose-operation.ts';
import { withOwnMembers } from './with-own-members.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`;
const common = `
  type Common @shareable { label: String }
  type Both implements Named @shareable { label: String }
  type Box @key(fields: "id") { id: ID! acts: [Act!] @shareable named: Named @shareable }`;
const facts = factsOf(
  compose([
    {
      name: 'one',
      url: 'http://127.0.0.1:1/',
      typeDefs: `${link} ${common} type Query { box: Box }
        union Act = Common | OnlyOne | Clash
        interface Named { label: String }
        type OnlyOne { text(in: String): String inner: Inner }
        type Clash { label: Int }
        type Inner @key(fields: "id") { id: ID! far: String @shareable }
        type Own implements Named @shareable { label: String size: Int }`,
    },
    {
      name: 'two',
      url: 'http://127.0.0.1:2/',
      typeDefs: `${link} ${common} type Query { two: Int }
        union Act = Common | OnlyTwo
        interface Named { label: String }
        type OnlyTwo { number: Int }
        type Inner @key(fields: "id") { id: ID! other: Int }
        type Other implements Named { label: String }`,
    },
  ]),
);

/** What each call of a plan asks, when the client asks `query`. */
function asked(query: string, node: PlanNode): readonly string[] {
  const document = parse(query);
  const operation = chooseOperation(document, undefined);
  const plan = withOwnMembers({ kind: 'QueryPlan', node }, { document, operation }, facts);
  const operations = JSON.stringify(plan).matchAll(/"operation":"((?:[^"\\]|\\.)*)"/gu);
  return [...operations].map(([, text = '']) => text.replaceAll(/\s+/gu, ' '));
}

const ofBox = (acts: string) => rootOf('one', `{box{acts{${acts}}}}`);
const planned = '__typename ...on Common{label}';

describe('objects that one subgraph alone has of a shared field', () => {
  test('are asked of it what the client asks of them, also by named fragments', () => {
    const query = `query ($in: String) { box { acts { __typename ... on Common { label } ...One ... on OnlyTwo { number } } } }
      fragment One on OnlyOne { text_1: text(in: $in) ... on OnlyOne { inner { ...Far } } } fragment Far on Inner { far }`;
    expect(asked(query, ofBox(planned))).toEqual([
      'query($in:String){box{acts{__typename ...on Common{label}...on OnlyOne{text_1:text(in:$in)inner{...on Inner{far}}}}}}',
    ]);
  });

  test('are asked of entities, wherever these are', () => {
    const node = inTurn(
      rootOf('two', '{ other { __typename id } }'),
      entitiesOf('two', 'other', {
        requires: '... on Box { __typename id }',
        fields: `... on Box { acts { __typename } }`,
      }),
    );
    const query = '{ other: box { acts { ... on OnlyOne { text } ... on OnlyTwo { number } } } }';
    expect(asked(query, node).at(-1)).toContain('acts{__typename ...on OnlyTwo{number}}');
  });

  test('are asked by an interface as by a union', () => {
    const query = '{ box { named { label ... on Own { size } ... on Other { label } } } }';
    const node = rootOf('one', '{box{named{__typename label}}}');
    expect(asked(query, node)).toEqual(['{box{named{__typename label ...on Own{size}}}}']);
  });
});

describe('the plan stays as it is', () => {
  test.each([
    [
      'where it asks of them already',
      '... on OnlyOne { text }',
      `${planned} ...on OnlyOne{inner{id}}`,
    ],
    ['where the client asks nothing of them', '... on Common { label }', planned],
    ['where a condition decides', '... on OnlyOne @include(if: true) { text }', planned],
    ['where others give what is below', '... on OnlyOne { inner { other } }', planned],
    ['where one name would be of two types', '... on Clash { label }', planned],
  ])('%s', (_why, client, acts) => {
    const node = ofBox(acts);
    expect(asked(`{ box { acts { __typename ${client} } } }`, node)).toEqual(
      asked('{ box { id } }', node),
    );
  });
});
