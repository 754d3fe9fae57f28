import { describe, expect, test } from 'vitest';
import { compose } from '../../test-subgraphs/compose.ts';
import { atOnce, entitiesOf, factsOf, inTurn, rootOf } from '../plan.fixture.ts';
import {
  ann,
  beginRun,
  ben,
  guest,
  ofPerson,
  people,
  peopleTypeDefs,
  trades,
} from '../run.fixture.ts';

const facts = factsOf(compose(peopleTypeDefs));

describe('one call for a hop and a subgraph', () => {
  test('equal questions of several places go as one list, each reference once', async () => {
    const run = await beginRun(
      facts,
      inTurn(
        rootOf('people', '{ people { __typename id } guest { __typename id } }'),
        atOnce(ofPerson('health', 'people.@', 'events'), ofPerson('health', 'guest', 'events')),
      ),
    );
    await run.asked[0]?.answer({ people: [ann(), ben(), null, ann()], guest: ben() });
    expect(run.asked).toHaveLength(2);
    expect(run.asked[1]?.variables['representations']).toEqual([ann(), ben()]);
    expect(run.asked[1]?.call.entities).toEqual([{ name: '_entities', count: 2 }]);
    await run.asked[1]?.answer({ _entities: [{ events: ['of 1'] }, { events: ['of 2'] }] });
    const first = { ...ann(), events: ['of 1'] };
    const second = { ...ben(), events: ['of 2'] };
    expect(run.data).toEqual({ people: [first, second, null, first], guest: second });
  });

  test('different questions go in one call under names of their own', async () => {
    const run = await beginRun(
      facts,
      inTurn(
        rootOf('people', '{ people { __typename id } guest { __typename id } }'),
        atOnce(
          ofPerson('health', 'people.@', 'events'),
          ofPerson('health', 'guest', 'place { id }'),
        ),
      ),
    );
    await run.asked[0]?.answer({ people: [ann()], guest: ben() });
    expect(run.asked[1]?.query).toBe(
      'query($r0:[_Any!]!,$r1:[_Any!]!){r0:_entities(representations:$r0){...on Person{events}} r1:_entities(representations:$r1){...on Person{place{id}}}}',
    );
    await run.asked[1]?.answer({ r0: [{ events: ['e'] }], r1: [{ place: { id: 's' } }] });
    expect(run.data).toEqual({
      people: [{ ...ann(), events: ['e'] }],
      guest: { ...ben(), place: { id: 's' } },
    });
  });

  test('an entity that was answered is not asked again later', async () => {
    const run = await beginRun(
      facts,
      inTurn(
        rootOf('people', '{ guest { __typename id friend { __typename id } } }'),
        ofPerson('health', 'guest', 'events'),
        ofPerson('health', 'guest.friend', 'events'),
      ),
    );
    await run.asked[0]?.answer({ guest: { ...ann(), friend: ann() } });
    await run.asked[1]?.answer({ _entities: [{ events: ['e'] }] });
    expect(run.asked).toHaveLength(2);
    const known = { ...ann(), events: ['e'] };
    expect(run.data).toEqual({ guest: { ...known, friend: known } });
  });

  test('equal reads of the root are one call', async () => {
    const run = await beginRun(facts, atOnce(trades, trades));
    expect(run.asked).toHaveLength(1);
    await run.asked[0]?.answer({ trades: ['baker'] });
    expect(run.data).toEqual({ trades: ['baker'] });
  });

  test('nobody is asked for entities of which there are none', async () => {
    const run = await beginRun(facts, inTurn(people, ofPerson('health', 'people.@', 'events')));
    await run.asked[0]?.answer({ people: [null] });
    expect(run.asked).toHaveLength(1);
    expect(run.data).toEqual({ people: [null] });
  });

  test('variables go with the call that uses them, and with no other', async () => {
    const node = inTurn(
      guest,
      atOnce(
        entitiesOf('health', 'guest', {
          requires: '... on Person { __typename id }',
          fields: '... on Person { events(first: $first) }',
          variables: '$first: Int = 3',
        }),
        ofPerson('work', 'guest', 'trade'),
      ),
    );
    const run = await beginRun(facts, node, { first: 2, secret: 'nobody asks' });
    await run.asked[0]?.answer({ guest: ann() });
    expect(run.asked[1]?.variables).toEqual({ representations: [ann()], first: 2 });
    expect(run.asked[1]?.query).toContain('$first:Int=3');
    expect(run.asked[2]?.variables).toEqual({ representations: [ann()] });
  });
});

describe('what comes back', () => {
  test('an entity that the subgraph does not know has null for all that was asked of it', async () => {
    const run = await beginRun(facts, inTurn(guest, ofPerson('health', 'guest', 'events')));
    await run.asked[0]?.answer({ guest: ann() });
    await run.asked[1]?.answer({ _entities: [null] });
    expect(run.data).toEqual({ guest: { ...ann(), events: null } });
  });

  test('a reference whose key is null is asked of nobody: there is no such entity', async () => {
    const run = await beginRun(facts, inTurn(guest, ofPerson('health', 'guest', 'events')));
    await run.asked[0]?.answer({ guest: { __typename: 'Person', id: null } });
    expect(run.asked).toHaveLength(1);
    expect(run.data).toEqual({ guest: { __typename: 'Person', id: null, events: null } });
  });

  test('what a reference lacks leaves its fields missing, which is told', async () => {
    const run = await beginRun(facts, inTurn(guest, ofPerson('health', 'guest', 'events')));
    await run.asked[0]?.answer({ guest: { __typename: 'Person' } });
    expect(run.asked).toHaveLength(1);
    expect(run.data).toEqual({ guest: { __typename: 'Person' } });
  });

  test('a reference that is not of its type is sent to nobody', async () => {
    const run = await beginRun(facts, inTurn(guest, ofPerson('health', 'guest', 'events')));
    await run.asked[0]?.answer({ guest: { __typename: 'Person', id: { $ne: null } } });
    expect(run.asked).toHaveLength(1);
    expect(Object.keys(run.data?.['guest'] ?? {})).not.toContain('events');
  });

  test('keys that nobody asked for are left behind', async () => {
    const run = await beginRun(facts, guest);
    await run.asked[0]?.answer({ guest: ann(), other: 1 });
    expect(Object.keys(run.data ?? {})).toEqual(['guest']);
  });

  test('an error of an entity is told at each of its places', async () => {
    const run = await beginRun(facts, inTurn(people, ofPerson('health', 'people.@', 'events')));
    await run.asked[0]?.answer({ people: [ann(), ben(), ann()] });
    const error = {
      message: 'no',
      path: ['_entities', 0, 'events'],
      extensions: { code: 'FORBIDDEN', subgraph: 'health' },
    } as const;
    await run.asked[1]?.answer({ _entities: [{ events: null }, { events: [] }] }, [error]);
    const { errors } = await run.result;
    expect(errors.map(({ path }) => path)).toEqual([
      ['people', 0, 'events'],
      ['people', 2, 'events'],
    ]);
  });

  test('a call that failed as a whole is told once, with how many it took with it', async () => {
    const run = await beginRun(facts, inTurn(people, ofPerson('health', 'people.@', 'events')));
    await run.asked[0]?.answer({ people: [ann(), ben()] });
    expect(run.asked[1]?.call.wanted).toEqual([{ path: ['_entities', 0, 'events'], affected: 2 }]);
    const error = {
      message: 'away',
      path: ['_entities', 0, 'events'],
      extensions: { code: 'UNAVAILABLE', subgraph: 'health', affected: 2 },
    } as const;
    await run.asked[1]?.answer(null, [error]);
    expect((await run.result).errors).toEqual([
      expect.objectContaining({
        path: ['people', 0, 'events'],
        extensions: { code: 'UNAVAILABLE', subgraph: 'health', affected: 2 },
      }),
    ]);
  });

  test('what failed as a whole takes nothing with it that went in the same call', async () => {
    const run = await beginRun(
      facts,
      inTurn(
        rootOf('people', '{ people { __typename id } guest { __typename id } }'),
        atOnce(
          ofPerson('health', 'people.@', 'events'),
          ofPerson('health', 'guest', 'place { id }'),
        ),
      ),
    );
    await run.asked[0]?.answer({ people: [ann()], guest: ben() });
    const error = {
      message: 'no',
      path: ['r0'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', subgraph: 'health' },
    } as const;
    await run.asked[1]?.answer(null, [error]);
    expect(run.asked[2]?.variables).toEqual({ representations: [ben()] });
    await run.asked[2]?.answer({ _entities: [{ place: { id: 's' } }] });
    const { data, errors } = await run.result;
    expect(data).toEqual({ people: [ann()], guest: { ...ben(), place: { id: 's' } } });
    expect(errors.map(({ path }) => path)).toEqual([['people', 0]]);
  });

  test.each([
    ['that names nobody', undefined],
    ['that names a list under another name', ['other']],
    ['that names the whole list', ['_entities']],
  ])('beside an error %s an entity that is null is not unknown', async (_what, path) => {
    const run = await beginRun(facts, inTurn(people, ofPerson('health', 'people.@', 'events')));
    await run.asked[0]?.answer({ people: [ann(), ben()] });
    const extensions = { code: 'INTERNAL_SERVER_ERROR', subgraph: 'health' } as const;
    await run.asked[1]?.answer({ _entities: [null, { events: ['e'] }] }, [
      { message: 'no', ...(path ? { path } : {}), extensions },
    ]);
    expect(run.data).toEqual({ people: [ann(), { ...ben(), events: ['e'] }] });
  });

  test('a failure that names nobody is not asked again', async () => {
    const run = await beginRun(
      facts,
      inTurn(
        rootOf('people', '{ people { __typename id } guest { __typename id } }'),
        atOnce(
          ofPerson('health', 'people.@', 'events'),
          ofPerson('health', 'guest', 'place { id }'),
        ),
      ),
    );
    await run.asked[0]?.answer({ people: [ann()], guest: ben() });
    const extensions = { code: 'INTERNAL_SERVER_ERROR', subgraph: 'health' } as const;
    const path = run.asked[1]?.call.wanted[0]?.path ?? [];
    await run.asked[1]?.answer(null, [{ message: 'overloaded', path, extensions }]);
    await run.result;
    expect(run.asked).toHaveLength(2);
  });
});
