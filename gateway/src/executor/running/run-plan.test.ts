import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { compose } from '../../test-subgraphs/compose.ts';
import { atOnce, factsOf, inTurn, planOf, provided, rootOf } from '../plan.fixture.ts';
import {
  ann,
  beginRun,
  ben,
  createTestOperation,
  guest,
  ofPerson,
  people,
  peopleTypeDefs,
  trades,
} from '../run.fixture.ts';
import { createMerge } from './merge.ts';
import { runPlan } from './run-plan.ts';

const facts = factsOf(compose(peopleTypeDefs));

describe('order', () => {
  test('a plan that asks nobody is over at once', async () => {
    const run = await beginRun(facts, undefined);
    expect(run.data).toEqual({});
  });

  test('what nothing waits for is asked at once, what follows when it was answered', async () => {
    const run = await beginRun(
      facts,
      atOnce(inTurn(people, ofPerson('health', 'people.@', 'events')), trades),
    );
    expect(run.subgraphs).toEqual(['people', 'work']);
    await run.asked[0]?.answer({ people: [ann()] });
    expect(run.subgraphs).toEqual(['people', 'work', 'health']);
    await run.asked[1]?.answer({ trades: ['baker'] });
    await run.asked[2]?.answer({ _entities: [{ events: ['x'] }] });
    expect(run.data).toEqual({
      trades: ['baker'],
      people: [{ __typename: 'Person', id: '1', events: ['x'] }],
    });
  });

  test("a mutation's fields are asked one after the other, each only once", async () => {
    const run = await beginRun(
      facts,
      inTurn(
        rootOf('people', 'mutation { add_1: add(n: 1) }'),
        rootOf('people', 'mutation { add_2: add(n: 1) }'),
      ),
    );
    expect(run.asked.map(({ query }) => query)).toEqual(['mutation{add_1:add(n:1)}']);
    expect(run.asked[0]?.call.isQuery).toBe(false);
    await run.asked[0]?.answer({ add_1: 1 });
    await run.asked[1]?.answer({ add_2: 2 });
    expect(run.data).toEqual({ add_1: 1, add_2: 2 });
  });

  test('a source that breaks its promise not to reject is a defect that the run tells', async () => {
    const failing = { ask: () => Promise.reject(new Error('a defect')) };
    await expect(
      runPlan(
        planOf(facts, people),
        { sourceOf: () => failing, merge: createMerge(() => true) },
        {},
        createTestOperation(),
      ),
    ).rejects.toThrow('a defect');
  });

  test('what follows a failure is left out, and the rest is answered', async () => {
    const run = await beginRun(
      facts,
      atOnce(inTurn(people, ofPerson('health', 'people.@', 'events')), trades),
    );
    await run.asked[0]?.answer(null);
    await run.asked[1]?.answer({ trades: ['baker'] });
    expect(run.subgraphs).toEqual(['people', 'work']);
    expect(run.data).toEqual({ trades: ['baker'] });
  });
});

describe('conditions', () => {
  const node = provided('wanted', people, trades);

  test('a step is made where its variable says so', async () => {
    expect((await beginRun(facts, node, { wanted: true })).subgraphs).toEqual(['people']);
  });

  test('and the other one where it does not', async () => {
    expect((await beginRun(facts, node, { wanted: false })).subgraphs).toEqual(['work']);
  });

  test('what follows a step that is not wanted does not wait for it', async () => {
    const run = await beginRun(
      facts,
      inTurn(
        guest,
        provided('wanted', ofPerson('work', 'guest', 'trade')),
        ofPerson('health', 'guest', 'events'),
      ),
      { wanted: false },
    );
    await run.asked[0]?.answer({ guest: ann() });
    expect(run.subgraphs).toEqual(['people', 'health']);
  });

  test('a plan of which nothing is wanted is over at once', async () => {
    expect((await beginRun(facts, provided('wanted', people), { wanted: false })).data).toEqual({});
  });
});

describe('patience', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Two ways to `health`: one behind `people`, one behind `work`, of one hop. */
  const node = atOnce(
    inTurn(people, ofPerson('health', 'people.@', 'events')),
    inTurn(trades, ofPerson('health', 'guest', 'place { id }')),
  );

  test('a step waits for its like as long as it took to get there, and goes with it', async () => {
    const run = await beginRun(facts, atOnce(guest, node));
    await vi.advanceTimersByTimeAsync(100);
    await run.asked[0]?.answer({ guest: ben() });
    await run.asked[1]?.answer({ people: [ann()] });
    await vi.advanceTimersByTimeAsync(99);
    expect(run.subgraphs).toEqual(['people', 'people', 'work']);
    await run.asked[2]?.answer({ trades: [] });
    expect(run.subgraphs).toEqual(['people', 'people', 'work', 'health']);
    expect(run.asked[3]?.call.entities).toHaveLength(2);
  });

  test('a partner that hangs holds the others up no longer than that', async () => {
    const run = await beginRun(facts, atOnce(guest, node));
    await run.asked[0]?.answer({ guest: ben() });
    await vi.advanceTimersByTimeAsync(100);
    await run.asked[1]?.answer({ people: [ann()] });
    await vi.advanceTimersByTimeAsync(100);
    expect(run.subgraphs).toEqual(['people', 'people', 'work', 'health']);
    expect(run.asked[3]?.call.entities).toEqual([{ name: '_entities', count: 1 }]);
    await run.asked[3]?.answer({ _entities: [{ events: ['e'] }] });
    await run.asked[2]?.answer({ trades: [] });
    await run.asked[4]?.answer({ _entities: [{ place: null }] });
    expect(run.data).toEqual({
      trades: [],
      people: [{ ...ann(), events: ['e'] }],
      guest: { ...ben(), place: null },
    });
  });

  test('who is there at once waits five milliseconds', async () => {
    const run = await beginRun(facts, atOnce(guest, node));
    await run.asked[1]?.answer({ people: [ann()] });
    await vi.advanceTimersByTimeAsync(4);
    expect(run.asked).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1);
    expect(run.asked).toHaveLength(4);
  });

  test('no timer is left when the run is over', async () => {
    const run = await beginRun(facts, node);
    await run.asked[0]?.answer({ people: [ann()] });
    await run.asked[1]?.answer({ trades: [] });
    await run.asked[2]?.answer({ _entities: [{ events: [] }] });
    expect(run.data).toBeDefined();
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('a defect in what goes on after an answer is told, and nobody is asked any more', async () => {
  const run = await beginRun(
    facts,
    atOnce(
      inTurn(people, ofPerson('health', 'people.@', 'events')),
      inTurn(guest, ofPerson('work', 'guest', 'trade')),
    ),
  );
  const rejected = expect(run.result).rejects.toThrow('defect');
  const broken = {
    get __typename(): string {
      throw new Error('defect');
    },
  };
  await run.asked[0]?.answer({ people: [broken] });
  await rejected;
  await run.asked[1]?.answer({ guest: ann() });
  expect(run.asked).toHaveLength(2);
});
