import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lists, someCriteria, startLists } from './lists.fixture.ts';
import { atTheDesk } from './people-facts.fixture.ts';

const week = '2026-W47';
const ofParma = { districts: ['PARMA'] };
const ofFidenza = { districts: ['FIDENZA'] };
const caseWorker = { roles: ['case-worker'] };

describe('who asks for the priority list', () => {
  let lists: Lists;
  let listId: string;
  beforeAll(async () => {
    lists = await startLists();
    lists.world.people = [
      atTheDesk('p1', '2026-09-01', { vulnerabilitySuspected: true }),
      atTheDesk('p2', '2026-10-01', { householdRef: 'h' }),
      atTheDesk('sought', '2026-09-01', { vulnerabilityCategory: 'FGM_VICTIM' }),
    ];
    await lists.made('adoptPriorityCriteria', someCriteria);
    const { id } = await lists.made('preparePriorityList', { district: 'FIDENZA', isoWeek: week });
    // An ID is text.
    listId = id as string;
  });
  afterAll(() => lists.protocols.close());

  const entriesOf = async (refs: readonly string[], caller: object) => {
    const of = refs.map((coordinationTableRef) => ({ __typename: 'Person', coordinationTableRef }));
    const { data } = await lists.protocols.ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Person { priorityEntries { code rank isoWeek } } } }',
      { of },
      caller,
    );
    return JSON.stringify(data);
  };
  const firstCode = async () => {
    const { data } = await lists.protocols.ask(
      '{ priorityList(district: FIDENZA, isoWeek: "2026-W47") { entries { nodes { code } } } }',
    );
    const list = data?.['priorityList'] as { entries: { nodes: { code: string }[] } };
    return list.entries.nodes[0]?.code ?? '';
  };

  it('sees nobody through a person before the list is published', async () => {
    expect(await entriesOf(['p1'], caseWorker)).toBe(await entriesOf(['nobody'], caseWorker));
  });

  it('sees, as a case-worker, where a person it knows stands; alone or with the household', async () => {
    await lists.made('publishPriorityList', { listId });
    const seen = await entriesOf(['p1', 'p2', 'nobody'], caseWorker);
    expect(JSON.parse(seen)).toEqual({
      _entities: [
        { priorityEntries: [{ code: expect.any(String) as unknown, rank: 1, isoWeek: week }] },
        { priorityEntries: [{ code: expect.any(String) as unknown, rank: 2, isoWeek: week }] },
        { priorityEntries: [] },
      ],
    });
  });

  it('cannot tell a person of another district, or one who must not be found, from nobody', async () => {
    const nobody = await entriesOf(['nobody'], caseWorker);
    expect(await entriesOf(['p1'], { ...caseWorker, ...ofParma })).toBe(nobody);
    expect(await entriesOf(['p1'], { ...caseWorker, districts: [] })).toBe(nobody);
    expect(await entriesOf(['sought'], caseWorker)).toBe(nobody);
    expect(await entriesOf(['p1'], { ...caseWorker, ...ofFidenza })).not.toBe(nobody);
  });

  it('finds nobody by a reference when it is a coordinator: the list is a list of pseudonyms', async () => {
    expect(await entriesOf(['p1'], {})).toBe(await entriesOf(['nobody'], {}));
  });

  it('sees whole lists as a coordinator of the district only', async () => {
    expect((await lists.list(week, ofFidenza)).data?.['priorityList']).not.toBeNull();
    for (const caller of [ofParma, { districts: [] }, caseWorker, { roles: ['analyst'] }]) {
      expect((await lists.list(week, caller)).data?.['priorityList']).toBeNull();
      const reproduction = await lists.protocols.ask(
        'query ($id: ID!) { reproducePriorityList(id: $id) { isReproducible } }',
        { id: listId },
        caller,
      );
      expect(reproduction.data).toEqual({ reproducePriorityList: null });
    }
  });

  it('reads components only for a purpose that was granted what they tell', async () => {
    const { data, errors } = await lists.list(week, { categories: ['HEALTH'] });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(JSON.stringify(data)).not.toContain('WAITING_WEEKS');
  });

  it('never reads anybody’s reference, in no answer and no error', async () => {
    const answers = [
      await lists.list(week),
      await lists.change('offerPlace', { code: 'p1' }),
      await lists.change('offerPlace', { code: await firstCode() }),
      await lists.change('publishPriorityList', { listId }),
    ];
    expect(JSON.stringify(answers)).not.toMatch(/"p1"|"p2"|sought|PERSON:|HOUSEHOLD:/u);
  });

  it('changes lists of its own districts only, and another’s is as one that is not there', async () => {
    const code = await firstCode();
    const outcome = (await lists.change('recordRefusal', { code, reason: 'NOT_STATED' }, ofParma))
      .errors;
    const unknown = (
      await lists.change('recordRefusal', { code: 'none', reason: 'NOT_STATED' }, ofParma)
    ).errors;
    expect(outcome?.[0]?.message).toBe(unknown?.[0]?.message);
    expect(outcome?.[0]?.extensions.code).toBe('NOT_FOUND');
    const prepared = await lists.change(
      'preparePriorityList',
      { district: 'FIDENZA', isoWeek: '2026-W48' },
      ofParma,
    );
    expect(prepared.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const adopted = await lists.change(
      'adoptPriorityCriteria',
      { ...someCriteria, validFrom: '2027-01-04' },
      ofFidenza,
    );
    expect(adopted.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('changes nothing when another organisation owns the protocol', async () => {
    lists.world.owner = 'another-organisation';
    const code = await firstCode();
    const refused = [
      await lists.change('recordRefusal', { code, reason: 'NOT_STATED' }),
      await lists.change('withdrawEntry', { code, reason: 'OWN_WISH' }),
      await lists.change('preparePriorityList', { district: 'FIDENZA', isoWeek: '2026-W48' }),
      await lists.change('adoptPriorityCriteria', { ...someCriteria, validFrom: '2027-01-04' }),
    ];
    for (const { errors } of refused) expect(errors?.[0]?.message).toContain('owns protocol P3');
    lists.world.owner = 'provincial-table';
    expect(await lists.change('recordRefusal', { code, reason: 'NOT_STATED' })).toMatchObject({
      data: { recordRefusal: { state: 'REFUSED' } },
    });
  });
});
