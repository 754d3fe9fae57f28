import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compose } from '../../test-subgraphs/compose.ts';
import { isJsonObject } from '../json-object.ts';
import { factsOf, inTurn, rootOf } from '../plan.fixture.ts';
import { ann, beginRun, ben, ofPerson, peopleTypeDefs } from '../run.fixture.ts';
import { SharedReferences } from './shared-references.ts';

const facts = factsOf(compose(peopleTypeDefs));
const friends = rootOf('people', '{ people { __typename id friend { __typename id } } }');
const trades = ofPerson('work', 'people.@.friend', 'trade');

describe('equal references of one place', () => {
  test('are told once what is asked of them', async () => {
    const run = await beginRun(facts, inTurn(friends, trades));
    await run.asked[0]?.answer({
      people: [
        { ...ann(), friend: ben() },
        { ...ben(), friend: ann() },
        { ...ann(), friend: ben() },
        { ...ann(), friend: null },
      ],
    });
    await run.asked[1]?.answer({ _entities: [{ trade: 'of 2' }, { trade: 'of 1' }] });
    const [one, other, again, none] = (run.data?.['people'] ?? []) as { friend: unknown }[];
    expect(one?.friend).toEqual({ ...ben(), trade: 'of 2' });
    expect(again?.friend).toBe(one?.friend);
    expect(other?.friend).toEqual({ ...ann(), trade: 'of 1' });
    expect(none?.friend).toBeNull();
  });

  test('are not one where what they hold is no key', async () => {
    const run = await beginRun(
      facts,
      inTurn(
        rootOf('people', '{ people { __typename id friend { __typename name } } }'),
        ofPerson('health', 'people.@', 'friend { __typename id }'),
        trades,
      ),
    );
    const named = { __typename: 'Person', name: 'Kim' };
    await run.asked[0]?.answer({
      people: [
        { ...ann(), friend: { ...named } },
        { ...ben(), friend: { ...named } },
      ],
    });
    await run.asked[1]?.answer({ _entities: [{ friend: ben() }, { friend: ann() }] });
    expect(run.asked[2]?.variables['representations']).toEqual([ben(), ann()]);
  });

  test('fail at each of their places', async () => {
    const run = await beginRun(facts, inTurn(friends, trades));
    await run.asked[0]?.answer({
      people: [
        { ...ann(), friend: ben() },
        { ...ben(), friend: ben() },
      ],
    });
    const extensions = { code: 'UNAVAILABLE', subgraph: 'work', requestId: 'r' } as const;
    await run.asked[1]?.answer({ _entities: [{ trade: null }] }, [
      { message: 'no', path: ['_entities', 0, 'trade'], extensions },
    ]);
    const { errors } = await run.result;
    expect(errors.map(({ path }) => path?.join('.'))).toEqual([
      'people.0.friend.trade',
      'people.1.friend.trade',
    ]);
  });
});

const isReference = (value: unknown) =>
  isJsonObject(value) && value['__typename'] === 'A' && value['id'] != null;

test('sharing changes nothing that can be read', () => {
  const place = {
    keys: ['place', 'entity'],
    only: 'id',
    identifies: (name: string) => name !== 'B',
  };
  const reference = fc.oneof(
    fc.record({
      __typename: fc.constantFrom('A', 'B'),
      id: fc.constantFrom('1', '2', 1, 2, null),
    }),
    fc.constantFrom(null, 'text', 7, {}),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 3 }, reference, fc.array(tie('tree'), { maxLength: 4 })),
  }));
  fc.assert(
    fc.property(fc.array(fc.record({ place: fc.record({ entity: tree }) })), (received) => {
      const before = structuredClone(received);
      const shared = new SharedReferences();
      for (const each of received) shared.share(each, place);
      expect(received).toEqual(before);
      const entities = received.flatMap((each) => [each.place.entity].flat(3));
      for (const entity of entities.filter((each) => isReference(each))) {
        // Equal ones are the same.
        expect(entities.find((each) => isDeepStrictEqual(each, entity))).toBe(entity);
        expect(shared.objects).toContain(entity);
      }
    }),
  );
});
