import { testCaller } from '@tavolo/subgraph-kit/testing';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noFacts } from '../no-facts.fixture.ts';
import { type Protocols, startProtocols } from '../start-protocols.fixture.ts';
import { changeLogMigrations, createChangeLog } from '../store/change-log.ts';
import { openDatabase } from '../store/open-database.ts';
import { offerTurn } from './change-turns.ts';
import { rotationMigrations } from './rotation-tables.ts';

let now = new Date('2026-03-02T09:00:00Z');
let key = 0;
function nextKey(): string {
  key += 1;
  return `rotation-${String(key).padStart(6, '0')}`;
}

const turnFields = `id year position municipality { istatCode } state skipReason requestCode ruleVersion dueOn isOverdue usedFrom usedTo`;
const mutate = (name: string, input: string, fields = turnFields) =>
  `mutation ($clientKey: ID!, $input: ${input}!) { ${name}(clientKey: $clientKey, input: $input) { ${fields} } }`;
const offer = mutate('offerDomicileTurn', 'OfferDomicileTurnInput');
const accept = mutate('acceptDomicileTurn', 'AcceptDomicileTurnInput');
const skip = mutate('skipDomicileTurn', 'SkipDomicileTurnInput');
const use = mutate('recordDomicileUse', 'RecordDomicileUseInput');
const adopt = mutate(
  'adoptDomicileRule',
  'AdoptDomicileRuleInput',
  'version validFrom validTo municipalities { population share }',
);
const rota = `query ($year: Int!) { domicileRota(year: $year) {
  rule { version kind validTo } next { position municipality { istatCode name } }
  order(first: 4) { position municipality { istatCode } }
  fairShares { municipality { istatCode } carriedOver expected actual deficit skipped }
  turns { position state } outsideRotation } }`;

/** Fidenza, Busseto, Noceto: all of the district of Fidenza. Parma: of that of Parma. */
const [busseto, fidenza, noceto, parma] = ['034007', '034014', '034025', '034027'];

describe('the rotation of domiciles', () => {
  let protocols: Protocols;
  beforeAll(async () => {
    protocols = await startProtocols({ facts: noFacts, now: () => now });
  });
  afterAll(() => protocols.close());

  const change = async (document: string, input: object, caller = {}) =>
    protocols.ask(document, { clientKey: nextKey(), input }, caller);
  const made = async (document: string, input: object) => {
    const { data, errors } = await change(document, input);
    expect(errors).toBeUndefined();
    // One field, the mutation's.
    return Object.values(data ?? {})[0] as Record<string, unknown>;
  };
  const readRota = async (year = 2026) => {
    const { data, errors } = await protocols.ask(rota, { year });
    expect(errors).toBeUndefined();
    return data?.['domicileRota'] as Record<string, unknown>;
  };

  it('has no rota before a rule was adopted, and offers nothing', async () => {
    expect(await readRota()).toBeNull();
    const { errors } = await change(offer, { year: 2026, position: 1 });
    expect(errors?.[0]?.message).toContain('adopt a rule');
  });

  it('refuses a rule that names somebody unknown, twice or gone', async () => {
    const rule = { kind: 'EQUAL_TURNS', validFrom: '2026-01-01', adoptedOn: '2025-12-10' };
    for (const codes of [['999999'], [busseto, busseto], []]) {
      const municipalities = codes.map((istatCode) => ({ istatCode }));
      const { errors } = await change(adopt, { ...rule, municipalities });
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('takes the inhabitants from the register and shares turns out by them', async () => {
    const rule = await made(adopt, {
      kind: 'BY_POPULATION',
      validFrom: '2026-01-01',
      adoptedOn: '2025-12-10',
      municipalities: [fidenza, busseto, noceto].map((istatCode) => ({ istatCode })),
    });
    expect(rule).toMatchObject({ version: 1, validTo: null });
    expect(rule['municipalities']).toMatchObject([
      { population: 7043 },
      { population: 25521 },
      { population: 12705 },
    ]);
  });

  it('goes from the offer over the acceptance to the use, and knows no place of living', async () => {
    const turn = await made(offer, { year: 2026, position: 1, requestCode: 'REQ-0001' });
    expect(turn).toMatchObject({
      position: 1,
      municipality: { istatCode: fidenza },
      state: 'OFFERED',
      requestCode: 'REQ-0001',
      dueOn: '2026-03-09',
    });
    const turnId = turn['id'];
    expect(await change(use, { turnId, from: '2026-03-04' })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(await made(accept, { turnId })).toMatchObject({ state: 'ACCEPTED' });
    expect(await made(use, { turnId, from: '2026-03-04' })).toMatchObject({
      state: 'USED',
      usedTo: null,
    });
    expect(await made(use, { turnId, from: '2026-03-04', to: '2026-06-30' })).toMatchObject({
      usedTo: '2026-06-30',
    });
    expect(await change(skip, { turnId, reason: 'OTHER' })).toMatchObject({
      errors: [{ message: expect.stringContaining('USED') as unknown }],
    });
  });

  it('offers a skipped turn to the next municipality, with its request, and the skipper still owes it', async () => {
    const first = await made(offer, { year: 2026, position: 2, requestCode: 'REQ-0002' });
    const skipper = (first['municipality'] as { istatCode: string }).istatCode;
    await made(skip, { turnId: first['id'], reason: 'NO_AVAILABILITY' });
    const second = await made(offer, { year: 2026, position: 2 });
    expect(second).toMatchObject({ position: 2, requestCode: 'REQ-0002' });
    expect(second['municipality']).not.toEqual({ istatCode: skipper });
    const { fairShares } = await readRota();
    expect(fairShares).toContainEqual(
      expect.objectContaining({ municipality: { istatCode: skipper }, skipped: 1 }),
    );
    const deficits = (fairShares as { deficit: number }[]).map(({ deficit }) => deficit);
    expect(deficits.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 9);
  });

  it('serves one request with one turn', async () => {
    const { errors } = await change(offer, { year: 2026, position: 3, requestCode: 'REQ-0002' });
    expect(errors?.[0]?.message).toContain('one request');
  });

  it('gives a turn that somebody else gave meanwhile to nobody twice', async () => {
    const { errors } = await change(offer, { year: 2026, position: 2 });
    expect(errors?.[0]?.message).toContain('read the rota again');
  });

  it('answers a change that is sent again as it did, and makes it once', async () => {
    const before = await readRota();
    const position = (before['next'] as { position: number }).position;
    const variables = { clientKey: nextKey(), input: { year: 2026, position } };
    const answers = [await protocols.ask(offer, variables), await protocols.ask(offer, variables)];
    expect(answers[1]).toEqual(answers[0]);
    expect((await readRota())['turns']).toHaveLength((before['turns'] as []).length + 1);
  });

  it('is overdue from the day after the last day to answer', async () => {
    now = new Date('2026-03-09T22:30:00Z');
    const overdue = `query { domicileRota(year: 2026) { turns { state isOverdue } } }`;
    const states = async () => JSON.stringify((await protocols.ask(overdue)).data);
    expect(await states()).not.toContain('true');
    now = new Date('2026-03-09T23:30:00Z');
    expect(await states()).toContain('{"state":"OFFERED","isOverdue":true}');
  });

  it('changes the rule in mid-year, keeps what was done, and gives turns by the new one', async () => {
    const before = await readRota();
    const rule = { kind: 'EQUAL_TURNS', adoptedOn: '2026-03-05' };
    const municipalities = [fidenza, busseto, noceto, parma].map((istatCode) => ({ istatCode }));
    expect(await change(adopt, { ...rule, validFrom: '2026-03-01', municipalities })).toMatchObject(
      {
        errors: [{ message: expect.stringContaining('no turn changes its rule') as unknown }],
      },
    );
    await made(adopt, { ...rule, validFrom: '2026-04-01', municipalities });
    expect((await readRota())['rule']).toMatchObject({ version: 1, validTo: '2026-03-31' });
    now = new Date('2026-04-01T09:00:00Z');
    const after = await readRota();
    expect(after['rule']).toMatchObject({ version: 2, kind: 'EQUAL_TURNS' });
    expect(after['turns']).toEqual(before['turns']);
    const sharesOf = (of: Record<string, unknown>) =>
      (of['fairShares'] as { municipality: { istatCode: string }; actual: number }[])
        .filter(({ municipality }) => municipality.istatCode !== parma)
        .map(({ actual }) => actual);
    expect(sharesOf(after)).toEqual(sharesOf(before));
    const { position } = after['next'] as { position: number };
    expect(await made(offer, { year: 2026, position })).toMatchObject({ ruleVersion: 2 });
  });

  it('counts what was declared outside the rotation, by municipality only', async () => {
    const outside = mutate(
      'recordDomicileOutsideRotation',
      'RecordDomicileOutsideRotationInput',
      'municipality { name } on',
    );
    expect((await readRota())['outsideRotation']).toBe(0);
    expect(await made(outside, { istatCode: parma, on: '2026-03-20' })).toEqual({
      municipality: { name: 'Parma' },
      on: '2026-03-20',
    });
    expect((await readRota())['outsideRotation']).toBe(1);
    expect(await change(outside, { istatCode: parma, on: '2026-04-02' })).toMatchObject({
      errors: [{ message: expect.stringContaining('after today') as unknown }],
    });
  });

  it('never gives one turn twice, however many coordinators act at once', async () => {
    const { next } = (await readRota()) as { next: { position: number } };
    const open = () =>
      openDatabase({
        databaseUrl: protocols.databaseUrl,
        poolSize: 2,
        migrations: [changeLogMigrations, rotationMigrations],
      });
    const offices = [open(), open()];
    try {
      const outcomes = await Promise.allSettled(
        [...offices, ...offices].map((database) =>
          createChangeLog(database, () => now).apply(
            {
              caller: testCaller(),
              mutation: 'offerDomicileTurn',
              clientKey: nextKey(),
              input: next.position,
            },
            (transaction: Parameters<typeof offerTurn>[0], at) =>
              offerTurn(transaction, { year: 2026, position: next.position }, at, () => true),
          ),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') {
          expect(String(outcome.reason)).toContain('read the rota again');
        }
      }
    } finally {
      await Promise.all(offices.map((database) => database.close()));
    }
  });

  it('is kept by the database too: a second holder of a position is refused by its index', async () => {
    const client = new Client({ connectionString: protocols.databaseUrl });
    await client.connect();
    try {
      await expect(
        client.query(`INSERT INTO coordination.domicile_turn
          (id, year, position, istat_code, state, rule_version, offered_at, due_on)
          SELECT 'second', year, position, '034025', 'OFFERED', rule_version, offered_at, due_on
          FROM coordination.domicile_turn WHERE state <> 'SKIPPED' LIMIT 1`),
      ).rejects.toThrow('domicile_turn_given_once');
    } finally {
      await client.end();
    }
  });
});
