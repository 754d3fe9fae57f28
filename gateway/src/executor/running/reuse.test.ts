import { describe, expect, test } from 'vitest';
import { compose } from '../../test-subgraphs/compose.ts';
import { atOnce, factsOf, inTurn, provided, rootOf } from '../plan.fixture.ts';
import { ann, beginRun, ben, ofPerson, peopleTypeDefs } from '../run.fixture.ts';

const facts = factsOf(compose(peopleTypeDefs));
const named = rootOf('people', '{ people { __typename id name } }');
const mates = ofPerson('health', 'people.@', 'mate { __typename id }');
const namesOfMates = ofPerson('people', 'people.@.mate', 'name');

describe('what a subgraph told of an entity in a list', () => {
  test('is not asked of it again in the same question', async () => {
    const run = await beginRun(facts, inTurn(named, mates, namesOfMates));
    await run.asked[0]?.answer({
      people: [
        { ...ann(), name: 'Ann' },
        { ...ben(), name: 'Ben' },
      ],
    });
    await run.asked[1]?.answer({ _entities: [{ mate: ben() }, { mate: ann() }] });
    expect(run.subgraphs).toEqual(['people', 'health']);
    expect(run.data).toEqual({
      people: [
        { ...ann(), name: 'Ann', mate: { ...ben(), name: 'Ben' } },
        { ...ben(), name: 'Ben', mate: { ...ann(), name: 'Ann' } },
      ],
    });
  });

  test('is asked of those that were not in the list, and of those it had nothing of', async () => {
    const run = await beginRun(facts, inTurn(named, mates, namesOfMates));
    await run.asked[0]?.answer({ people: [{ ...ann(), name: null }, ben()] });
    const stranger = { __typename: 'Person', id: '3' };
    await run.asked[1]?.answer({ _entities: [{ mate: ann() }, { mate: stranger }] });
    expect(run.asked[2]?.variables['representations']).toEqual([ann(), stranger]);
  });

  test('is waited for when it comes from another branch, but not for longer than the way there took', async () => {
    const list = rootOf('people', '{ guest { __typename id name } }');
    const others = inTurn(
      rootOf('health', '{ people { __typename id } }'),
      ofPerson('work', 'people.@', 'mate { __typename id }'),
      namesOfMates,
    );
    const run = await beginRun(facts, atOnce(list, others));
    const [guest, people] = run.asked;
    await people?.answer({ people: [ann()] });
    await run.asked[2]?.answer({ _entities: [{ mate: ben() }] });
    expect(run.subgraphs).toEqual(['people', 'health', 'work']);
    await guest?.answer({ guest: { ...ben(), name: 'Ben' } });
    expect(run.subgraphs).toEqual(['people', 'health', 'work']);
    expect(run.data).toEqual({
      guest: { ...ben(), name: 'Ben' },
      people: [{ ...ann(), mate: { ...ben(), name: 'Ben' } }],
    });
  });

  test('is asked when the list was not', async () => {
    const run = await beginRun(
      facts,
      atOnce(
        provided('wanted', named),
        inTurn(rootOf('health', '{ people { __typename id } }'), mates, namesOfMates),
      ),
      { wanted: false },
    );
    await run.asked[0]?.answer({ people: [ann()] });
    await run.asked[1]?.answer({ _entities: [{ mate: ben() }] });
    expect(run.subgraphs).toEqual(['health', 'health', 'people']);
  });

  test('is asked again in a mutation, which may have changed it', async () => {
    const changed = rootOf('people', 'mutation { add }');
    const run = await beginRun(facts, inTurn(changed, named, mates, namesOfMates));
    await run.asked[0]?.answer({ add: 1 });
    await run.asked[1]?.answer({ people: [{ ...ann(), name: 'Ann' }] });
    await run.asked[2]?.answer({ _entities: [{ mate: ann() }] });
    expect(run.subgraphs).toEqual(['people', 'people', 'health', 'people']);
  });

  test('is asked anew after each change of a mutation', async () => {
    const change = rootOf('people', 'mutation { add { __typename id } }');
    const another = rootOf('work', 'mutation { more { __typename id } }');
    const events = (path: string) => ofPerson('health', path, 'events');
    const run = await beginRun(facts, inTurn(change, events('add'), another, events('more')));
    await run.asked[0]?.answer({ add: ann() });
    await run.asked[1]?.answer({ _entities: [{ events: ['before'] }] });
    await run.asked[2]?.answer({ more: ann() });
    expect(run.subgraphs).toEqual(['people', 'health', 'work', 'health']);
    await run.asked[3]?.answer({ _entities: [{ events: ['after'] }] });
    expect(run.data).toEqual({
      add: { ...ann(), events: ['before'] },
      more: { ...ann(), events: ['after'] },
    });
  });
});
