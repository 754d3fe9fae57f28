import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { answerEachReference } from './answer-each-reference.ts';

const seen: unknown[] = [];
const schema = answerEachReference(
  buildSubgraphSchema([
    {
      typeDefs: parse(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
        type Person @key(fields: "trialKey") @key(fields: "card { number }") { trialKey: ID card: Card }
        type Card { number: Int }
        type Query { nothing: String }
      `),
      resolvers: {
        Person: {
          __resolveReference(reference: { trialKey?: string }) {
            seen.push(reference);
            if (reference.trialKey === 'bad') throw new Error('thrown at once');
            return reference;
          },
        },
      },
    },
  ]),
);

async function ask(...representations: readonly unknown[]) {
  seen.length = 0;
  const source =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { trialKey } } }';
  const { data, errors = [] } = await graphql({
    schema,
    source,
    variableValues: { r: representations },
  });
  const entities: unknown = data?.['_entities'];
  return { entities, at: errors.map(({ path }) => path) };
}

const person = (key: object) => ({ __typename: 'Person', ...key });
const good = person({ trialKey: 'p' });

describe('references to a subgraph', () => {
  it.each([
    ['no type', { trialKey: 'p' }],
    ['a type of somebody else', { __typename: 'Stranger', trialKey: 'p' }],
    ['a type that is no entity', { __typename: 'Query' }],
    ['a prototype for a type', { __typename: '__proto__' }],
    ['no object', 'Person'],
    ['an object for a key', person({ trialKey: { a: 1 } })],
    ['a list for a key', person({ trialKey: ['p'] })],
    ['a text where a key holds fields', person({ card: 'text' })],
    ['a resolver that throws at once', person({ trialKey: 'bad' })],
  ])('that are wrong cost their own answer only: %s', async (_what, wrong) => {
    expect(await ask(good, wrong, good)).toEqual({
      entities: [{ trialKey: 'p' }, null, { trialKey: 'p' }],
      at: [['_entities', 1]],
    });
  });

  it('without a key are answered with null, and no resolver is asked', async () => {
    const keyless = [person({ trialKey: null }), person({}), person({ card: { number: null } })];
    expect(await ask(...keyless)).toEqual({ entities: [null, null, null], at: [] });
    expect(seen).toEqual([]);
  });

  it('by any of the keys reach the resolver as they came', async () => {
    const byCard = person({ trialKey: null, card: { number: 7 } });
    await ask(byCard, good);
    expect(seen).toEqual([byCard, good]);
  });

  it('that are none are answered with none', async () => {
    expect(await ask()).toEqual({ entities: [], at: [] });
  });
});
