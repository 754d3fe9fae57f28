import { describe, expect, test } from 'vitest';
import { compose } from '../../test-subgraphs/compose.ts';
import { atOnce, entitiesOf, factsOf, inTurn, planOf, provided, rootOf } from '../plan.fixture.ts';
import { guest, ofPerson, people, peopleTypeDefs, trades } from '../run.fixture.ts';

const facts = factsOf(compose(peopleTypeDefs));
const pathOf = (path: string) =>
  planOf(facts, ofPerson('health', path, 'events')).steps[0]?.path.map(({ key, types }) =>
    types ? `${key}|${[...types].join()}` : key,
  );

test('a plan that asks nobody has no steps', () => {
  expect(planOf(facts, undefined)).toMatchObject({ steps: [], followers: [], groupSizes: [] });
});

describe('who waits for whom', () => {
  const { steps, followers } = planOf(
    facts,
    inTurn(
      atOnce(people, trades),
      atOnce(ofPerson('health', 'people.@', 'events'), ofPerson('work', 'people.@', 'trade')),
      ofPerson('health', 'guest', 'place { id }'),
    ),
  );

  test('what comes in turn waits for all that came at once before it, and not for what that waited for', () => {
    expect(steps.map(({ after }) => after)).toEqual([[], [], [0, 1], [0, 1], [2, 3]]);
  });

  test('and each knows who waits for it', () => {
    expect(followers).toEqual([[2, 3], [2, 3], [4], [4], []]);
  });

  test('a hop is as many steps as lie before', () => {
    expect(steps.map(({ hop }) => hop)).toEqual([0, 0, 1, 1, 2]);
  });

  test('a branch of another branch does not wait for it', () => {
    const plan = planOf(
      facts,
      atOnce(inTurn(people, ofPerson('health', 'people.@', 'events')), inTurn(guest, trades)),
    );
    expect(plan.steps.map(({ after }) => after)).toEqual([[], [0], [], [2]]);
  });

  test('an empty part of a sequence is no reason not to wait for what was before it', () => {
    const plan = planOf(facts, inTurn(people, atOnce(), trades));
    expect(plan.steps.map(({ after }) => after)).toEqual([[], [0]]);
  });
});

describe('groups', () => {
  const groupsOf = (...nodes: Parameters<typeof atOnce>) => {
    const { steps, groupSizes } = planOf(facts, inTurn(guest, atOnce(...nodes)));
    return { groups: steps.map(({ group }) => group), groupSizes };
  };

  test('entities of one hop and one subgraph go together, however deep they lie', () => {
    expect(
      groupsOf(
        ofPerson('health', 'guest', 'events'),
        ofPerson('work', 'guest', 'trade'),
        ofPerson('health', 'guest.friend', 'place { id }'),
      ),
    ).toEqual({ groups: [-1, 0, 1, 0], groupSizes: [2, 1] });
  });

  test('those of different hops do not', () => {
    expect(
      groupsOf(
        inTurn(ofPerson('health', 'guest', 'events'), ofPerson('health', 'guest', 'place { id }')),
      ),
    ).toEqual({ groups: [-1, 0, 1], groupSizes: [1, 1] });
  });

  test('what asks the root goes alone', () => {
    expect(groupsOf(trades, trades)).toEqual({ groups: [-1, -1, -1], groupSizes: [] });
  });
});

describe('conditions', () => {
  test('hold for everything below them, together with those around', () => {
    const { steps } = planOf(
      facts,
      provided(
        'a',
        inTurn(guest, provided('b', people, trades)),
        ofPerson('work', 'guest', 'trade'),
      ),
    );
    expect(steps.map(({ conditions }) => conditions.map((each) => Object.values(each)))).toEqual([
      [['a', true]],
      [
        ['a', true],
        ['b', true],
      ],
      [
        ['a', true],
        ['b', false],
      ],
      [['a', false]],
    ]);
  });

  test('what comes after a condition waits for both of its sides', () => {
    const { steps } = planOf(
      facts,
      inTurn(provided('a', guest, people), ofPerson('work', 'guest', 'trade')),
    );
    expect(steps[2]?.after).toEqual([0, 1]);
  });
});

describe('ways to objects', () => {
  test('lists are opened without being named', () => {
    expect(pathOf('people.@.friend')).toEqual(['people', 'friend']);
  });

  test('types stand with the key whose objects they are of', () => {
    expect(pathOf('people|[Person].friend')).toEqual(['people|Person', 'friend']);
    expect(pathOf('people.@|[Person,Site].friend')).toEqual(['people|Person,Site', 'friend']);
  });

  test('a key called as what every object has is told apart', () => {
    const [step] = planOf(facts, ofPerson('health', 'constructor', 'events')).steps;
    expect(step?.path[0]).toMatchObject({ key: 'constructor', isInherited: true });
  });
});

describe('what is asked', () => {
  test('names only the variables that are in it', () => {
    const [step] = planOf(
      facts,
      entitiesOf('health', 'guest', {
        requires: '... on Person { __typename id }',
        fields: '... on Person { events(first: $first) }',
        variables: '$first: Int = 3, $other: Int',
      }),
    ).steps;
    expect([...(step?.variables ?? [])]).toEqual([['first', '$first:Int=3']]);
    expect(step?.selection).toBe('{...on Person{events(first:$first)}}');
  });

  test('equal questions to one subgraph are known as equal, those to two are not', () => {
    const { steps } = planOf(
      facts,
      atOnce(
        ofPerson('health', 'guest', 'id'),
        ofPerson('health', 'people.@', 'id'),
        ofPerson('work', 'guest', 'id'),
      ),
    );
    expect(steps[0]?.question).toBe(steps[1]?.question);
    expect(steps[0]?.question).not.toBe(steps[2]?.question);
  });

  test('a fetch of entities that asks for none is refused', () => {
    const node = { ...rootOf('health', '{ sites }'), requires: [] };
    expect(() => planOf(facts, node)).toThrow('asks for none');
  });

  test('so is a part of a plan that nobody told the planner to make', () => {
    const deferred = { kind: 'Defer', primary: {}, deferred: [] } as const;
    expect(() => planOf(facts, { ...deferred, deferred: [] })).toThrow('defer');
  });
});
