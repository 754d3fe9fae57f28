import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lists, someCriteria, startLists } from './lists.fixture.ts';
import { atTheDesk } from './people-facts.fixture.ts';

interface Entry {
  readonly code: string;
  readonly rank: number;
  readonly score: number;
  readonly waitingSince: string;
  readonly state: string;
  readonly components: readonly object[];
}

interface List {
  readonly id: string;
  readonly entries: { readonly nodes: readonly Entry[] };
}

const week = '2026-W47';
const nextWeek = '2026-W48';

describe('a week at the table: prepare, publish, offer, refuse, place', () => {
  let lists: Lists;
  beforeAll(async () => {
    lists = await startLists();
    lists.world.people = [
      atTheDesk('longest', '2026-09-01'),
      atTheDesk('vulnerable', '2026-11-01', {
        vulnerabilitySuspected: true,
        vulnerabilityCategory: 'PREGNANT',
      }),
      atTheDesk('new', '2026-11-14'),
      atTheDesk('newer', '2026-11-15'),
      atTheDesk('mother', '2026-11-10', { householdRef: 'h', householdMembers: 2 }),
      atTheDesk('child', '2026-11-10', { householdRef: 'h', householdMembers: 2 }),
      atTheDesk('sought', '2026-09-01', { vulnerabilityCategory: 'TRAFFICKING_VICTIM' }),
    ];
  });
  afterAll(() => lists.protocols.close());

  const listOf = async (isoWeek = week): Promise<List> => {
    const { data, errors } = await lists.list(isoWeek);
    expect(errors).toBeUndefined();
    // Asked for above, and there.
    return data?.['priorityList'] as List;
  };
  const entryAt = async (rank: number, isoWeek = week): Promise<Entry> => {
    const entry = (await listOf(isoWeek)).entries.nodes[rank - 1];
    if (entry === undefined) throw new Error(`nobody has rank ${rank}`);
    return entry;
  };
  const reproduce = async (id: string) => {
    const { data } = await lists.protocols.ask(
      'query ($id: ID!) { reproducePriorityList(id: $id) { isReproducible entries differences storedHash computedHash } }',
      { id },
    );
    return data?.['reproducePriorityList'];
  };
  const refusal = async (mutation: Parameters<Lists['change']>[0], input: object) =>
    (await lists.change(mutation, input)).errors?.[0]?.message;

  it('cannot be prepared before criteria were adopted', async () => {
    expect(await refusal('preparePriorityList', { district: 'FIDENZA', isoWeek: week })).toContain(
      'adopt criteria',
    );
  });

  it('is prepared for the running week or the next one only', async () => {
    await lists.made('adoptPriorityCriteria', someCriteria);
    for (const isoWeek of ['2026-W46', '2026-W49']) {
      expect(await refusal('preparePriorityList', { district: 'FIDENZA', isoWeek })).toContain(
        'running week',
      );
    }
  });

  it('ranks who waits, says why, and keeps places whether or not anybody needs them', async () => {
    expect(
      await lists.made('preparePriorityList', { district: 'FIDENZA', isoWeek: week }),
    ).toMatchObject({ isoWeek: week, publishedAt: null, reservedPlaces: 2 });
    const list = await listOf();
    expect(list.entries.nodes.map(({ score }) => score)).toEqual([25, 19, 5, 5, 5]);
    expect(list.entries.nodes[1]).toMatchObject({
      rank: 2,
      state: 'WAITING',
      waitingSince: '2026-11-01',
      components: [
        { criterion: 'WAITING_WEEKS', input: '2', points: 4 },
        { criterion: 'ART17_VULNERABILITY', input: 'YES', points: 10 },
        { criterion: 'WITHOUT_RECEPTION', input: 'YES', points: 5 },
      ],
    });
    // The household of two is one entry, before those who came after it.
    expect(list.entries.nodes[2]).toMatchObject({
      placesNeeded: 2,
      requestedPlaceType: 'HOUSEHOLD',
    });
  });

  it('offers no place by a draft, and replaces a draft that is prepared anew', async () => {
    const draft = await listOf();
    const { code } = await entryAt(1);
    expect(await refusal('offerPlace', { code })).toContain('published list');
    await lists.made('preparePriorityList', { district: 'FIDENZA', isoWeek: week });
    const anew = await listOf();
    expect(anew.id).not.toBe(draft.id);
    const codes = new Set(draft.entries.nodes.map((entry) => entry.code));
    expect(anew.entries.nodes.filter((entry) => codes.has(entry.code))).toEqual([]);
  });

  it('is never prepared from facts older than a day: who was protected since is still in them', async () => {
    lists.world.loadedAt = '2026-11-15T08:59:59.000Z';
    const prepare = { district: 'FIDENZA', isoWeek: week };
    expect(await refusal('preparePriorityList', prepare)).toContain('24 hours');
    lists.world.loadedAt = '2026-11-15T09:00:00.000Z';
    await lists.made('preparePriorityList', prepare);
    lists.world.loadedAt = null;
  });

  it('is published once, and then never made again', async () => {
    const { id } = await listOf();
    expect(await lists.made('publishPriorityList', { listId: id })).toMatchObject({ id });
    expect(await refusal('publishPriorityList', { listId: id })).toContain('published already');
    expect(await refusal('preparePriorityList', { district: 'FIDENZA', isoWeek: week })).toContain(
      'never made again',
    );
  });

  it('offers in the order of the list, and out of it only for a stated reason', async () => {
    const [first, second] = [await entryAt(1), await entryAt(2)];
    expect(await refusal('offerPlace', { code: second.code })).toContain('outOfOrderReason');
    expect(await lists.made('offerPlace', { code: first.code })).toMatchObject({
      state: 'OFFERED',
      offerExpiresAt: '2026-11-19T09:00:00.000Z',
      outOfOrderReason: null,
    });
    expect(await refusal('offerPlace', { code: first.code })).toContain('OFFERED');
    // Of those who wait for a place for a household it is the first.
    const household = await entryAt(3);
    expect(await lists.made('offerPlace', { code: household.code })).toMatchObject({
      outOfOrderReason: null,
    });
    const last = await entryAt(5);
    expect(
      await lists.made('offerPlace', { code: last.code, outOfOrderReason: 'NOT_REACHED' }),
    ).toMatchObject({ outOfOrderReason: 'NOT_REACHED' });
  });

  it('goes on to the next when the first refuses, and places who accepts', async () => {
    const [first, second] = [await entryAt(1), await entryAt(2)];
    expect(await refusal('recordPlacement', { code: second.code })).toContain('must be OFFERED');
    expect(
      await lists.made('recordRefusal', { code: first.code, reason: 'DISTANCE' }),
    ).toMatchObject({ state: 'REFUSED' });
    await lists.made('offerPlace', { code: second.code });
    lists.world.now = new Date('2026-11-18T09:00:00Z');
    expect(await lists.made('recordPlacement', { code: second.code })).toMatchObject({
      state: 'PLACED',
      closedAt: '2026-11-18T09:00:00.000Z',
    });
    expect(await refusal('withdrawEntry', { code: second.code, reason: 'OWN_WISH' })).toContain(
      'PLACED',
    );
  });

  it('lets an unanswered offer expire at its term, without anybody noting it', async () => {
    lists.world.now = new Date('2026-11-19T08:59:59Z');
    expect(await entryAt(3)).toMatchObject({ state: 'OFFERED' });
    lists.world.now = new Date('2026-11-19T09:00:00Z');
    expect(await entryAt(3)).toMatchObject({ state: 'EXPIRED' });
    const { code } = await entryAt(3);
    expect(await refusal('recordPlacement', { code })).toContain('EXPIRED');
    const { data } = await lists.protocols.ask(
      '{ priorityList(district: FIDENZA) { entries(state: EXPIRED) { nodes { rank } } } }',
    );
    expect(data).toEqual({
      priorityList: { entries: { nodes: [{ rank: 3 }, { rank: 5 }] } },
    });
  });

  it('leaves out of the next list who was placed or withdrew, and keeps everybody’s day', async () => {
    await lists.made('withdrawEntry', { code: (await entryAt(4)).code, reason: 'LEFT_PROVINCE' });
    // Asked again at the desk: the wait goes on from the first time.
    lists.world.people = lists.world.people.map((person) =>
      person.ref === 'longest' ? { ...person, lastReceptionDemandOn: '2026-11-18' } : person,
    );
    await lists.made('preparePriorityList', { district: 'FIDENZA', isoWeek: nextWeek });
    const next = await listOf(nextWeek);
    expect(next.entries.nodes.map(({ waitingSince }) => waitingSince)).toEqual([
      '2026-09-01',
      '2026-11-10',
      '2026-11-15',
    ]);
    const before = new Set((await listOf()).entries.nodes.map(({ code }) => code));
    expect(next.entries.nodes.filter(({ code }) => before.has(code))).toEqual([]);
  });

  it('offers by the newest published list only', async () => {
    await lists.made('publishPriorityList', { listId: (await listOf(nextWeek)).id });
    const { data } = await lists.protocols.ask(
      '{ priorityList(district: FIDENZA, isoWeek: "2026-W47") { entries(state: WAITING) { nodes { code } } } }',
    );
    expect(data).toEqual({ priorityList: { entries: { nodes: [] } } });
    expect(
      await lists.made('offerPlace', { code: (await entryAt(1, nextWeek)).code }),
    ).toMatchObject({
      state: 'OFFERED',
    });
  });

  it('makes a past week again from what was frozen, whatever the facts have become', async () => {
    lists.world.people = [];
    for (const isoWeek of [week, nextWeek]) {
      expect(await reproduce((await listOf(isoWeek)).id)).toMatchObject({
        isReproducible: true,
        differences: 0,
      });
    }
  });

  it('does not change its criteria, and the version says that it was used', async () => {
    const rule = { ...someCriteria, validFrom: '2026-11-20' };
    expect(await refusal('adoptPriorityCriteria', rule)).toContain('no list changes its criteria');
    await lists.made('adoptPriorityCriteria', {
      ...rule,
      validFrom: '2026-11-30',
      reservedPlaces: 5,
    });
    const { data } = await lists.protocols.ask('{ priorityCriteria { version validTo isUsed } }');
    expect(data).toEqual({
      priorityCriteria: [
        { version: 1, validTo: '2026-11-29', isUsed: true },
        { version: 2, validTo: null, isUsed: false },
      ],
    });
    expect((await lists.list(week)).data).toMatchObject({ priorityList: { reservedPlaces: 2 } });
  });

  it('tells when anything frozen was touched', async () => {
    const { id } = await listOf();
    const client = new Client({ connectionString: lists.protocols.databaseUrl });
    await client.connect();
    const touched = async (statement: string) => {
      await client.query('BEGIN');
      await client.query(`${statement} WHERE list_id = $1 AND rank = 2`, [id]);
      await client.query('COMMIT');
      return reproduce(id);
    };
    try {
      const set = 'UPDATE coordination.priority_entry SET';
      expect(await touched(`${set} score = score + 1`)).toMatchObject({
        isReproducible: false,
        differences: 1,
      });
      expect(await touched(`${set} score = score - 1`)).toMatchObject({ isReproducible: true });
      // What leaves every rank as it is shows in the hash.
      expect(
        await touched(`${set} inputs = jsonb_set(inputs, '{hasTutor}', 'true')`),
      ).toMatchObject({ isReproducible: false, differences: 0 });
    } finally {
      await client.end();
    }
  });

  it('tells the weeks’ figures only as protected ones', async () => {
    const { data } = await lists.protocols.ask(
      '{ waitingListOverTime(district: FIDENZA) { isoWeek reservedPlaces listed { value status } placed { value status } } }',
    );
    const weeks = data?.['waitingListOverTime'] as { listed: object; placed: object }[];
    expect(weeks).toMatchObject([
      { isoWeek: nextWeek, reservedPlaces: 2 },
      { isoWeek: week, reservedPlaces: 2 },
    ]);
    // Three and six people: too few for a figure.
    for (const { placed } of weeks) expect(placed).toMatchObject({ value: null });
    expect(weeks[0]?.listed).toEqual({ value: null, status: 'SUPPRESSED_PRIMARY' });
    const province = await lists.protocols.ask('{ waitingListOverTime { isoWeek } }');
    expect(province.data).toEqual({ waitingListOverTime: [] });
  });
});
