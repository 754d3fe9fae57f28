import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { answer, shapeOf } from '../executor/answering/answer.fixture.ts';
import type { CostNode } from './cost.ts';
import { createAnswerCounter } from './count-answer.ts';

const schema = buildSchema(`
  type Query { people: [Person] }
  interface Named { ref: ID }
  type Person implements Named { ref: ID visits: [Visit!] friend: Named }
  type Visit { day: String }
`);
const query = '{ all: people { name: ref seen: visits { on: day } ref friend { ref } } }';
const keys = { all: 'people_1', seen: 'visits_2' };
const leaf = (responseName: string) => node(responseName, 0, []);

function node(
  responseName: string,
  weight: number,
  children: readonly CostNode[],
  isPerson = false,
): CostNode {
  return {
    coordinate: '',
    responseName,
    weight,
    argumentsWeight: 0,
    isList: false,
    isPerson,
    size: undefined,
    sizedFields: new Set(),
    fieldName: responseName,
    isIncluded: undefined,
    children,
  };
}

test('an answer counts the same in the names of its plan as in its own', () => {
  const data = {
    people_1: [
      {
        ref: 'a',
        visits_2: [{ day: 'x' }, { day: 'y' }],
        friend: { __typename: 'Person', ref: 'b' },
      },
      null,
      { ref: 'a', visits_2: [], friend: null },
      { ref: null, visits_2: null, friend: { __typename: 'Person', ref: 'c' } },
    ],
  };
  const count = createAnswerCounter(
    node('', 0, [
      node(
        'all',
        2,
        [leaf('name'), node('seen', 3, [leaf('on')]), node('friend', 5, [], true)],
        true,
      ),
    ]),
  );
  const question = { schema, query, keys };
  const inPlansNames = count({ data, shape: shapeOf(question) });
  const { text } = answer(question, data);
  expect(inPlansNames).toEqual(count({ data: JSON.parse(text), shape: null }));
  expect(inPlansNames).toEqual({
    cost: 3 * 2 + 2 * 3 + 2 * 5,
    rows: 5,
    persons: 3 + 1,
    withheld: 2,
  });
});
