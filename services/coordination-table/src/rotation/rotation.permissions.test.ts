import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noFacts } from '../no-facts.fixture.ts';
import { type Answer, type Protocols, startProtocols } from '../start-protocols.fixture.ts';

const ofParma = { districts: ['PARMA'] };
const ofFidenza = { districts: ['FIDENZA'] };
const rule = {
  kind: 'EQUAL_TURNS',
  validFrom: '2026-01-01',
  adoptedOn: '2025-12-10',
  // Busseto, of Fidenza; Parma, of Parma.
  municipalities: [{ istatCode: '034007' }, { istatCode: '034027' }],
};

describe('who keeps the rotation', () => {
  let protocols: Protocols;
  let key = 0;
  beforeAll(async () => {
    protocols = await startProtocols({
      facts: noFacts,
      now: () => new Date('2026-03-02T09:00:00Z'),
    });
  });
  afterAll(() => protocols.close());

  const change = (mutation: string, type: string, input: object, caller = {}): Promise<Answer> => {
    key += 1;
    const document = `mutation ($clientKey: ID!, $input: ${type}!) {
      ${mutation}(clientKey: $clientKey, input: $input) { __typename } }`;
    return protocols.ask(
      document,
      { clientKey: `rights-${String(key).padStart(4, '0')}`, input },
      caller,
    );
  };
  const offer = (position: number, caller: object) =>
    change('offerDomicileTurn', 'OfferDomicileTurnInput', { year: 2026, position }, caller);
  const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code;
  const turns = async (caller: object) => {
    const { data } = await protocols.ask(
      '{ domicileRota(year: 2026) { turns { id position } } }',
      {},
      caller,
    );
    const rota = data?.['domicileRota'] as { turns: { id: string; position: number }[] };
    return rota.turns;
  };

  it('adopts a rule as a coordinator of the whole province only', async () => {
    expect(
      codeOf(await change('adoptDomicileRule', 'AdoptDomicileRuleInput', rule, ofFidenza)),
    ).toBe('FORBIDDEN');
    expect(
      codeOf(await change('adoptDomicileRule', 'AdoptDomicileRuleInput', rule)),
    ).toBeUndefined();
  });

  it('offers, accepts and skips turns of municipalities of its districts only', async () => {
    expect(codeOf(await offer(1, ofParma))).toBe('FORBIDDEN');
    expect(codeOf(await offer(1, { districts: [] }))).toBe('FORBIDDEN');
    expect(codeOf(await offer(1, ofFidenza))).toBeUndefined();
    const [turn] = await turns(ofFidenza);
    const asOthers = await Promise.all(
      [turn?.id, 'no-such-turn'].map((turnId) =>
        change('acceptDomicileTurn', 'AcceptDomicileTurnInput', { turnId }, ofParma),
      ),
    );
    // Another district's turn and no turn are refused alike.
    expect(asOthers.map(({ errors }) => errors?.[0]?.message)).toEqual([
      expect.stringContaining('no turn'),
      asOthers[0]?.errors?.[0]?.message,
    ]);
    expect(
      codeOf(
        await change(
          'acceptDomicileTurn',
          'AcceptDomicileTurnInput',
          { turnId: turn?.id },
          ofFidenza,
        ),
      ),
    ).toBeUndefined();
  });

  it('is not given the answer to a change of another, nor after its districts changed', async () => {
    const document = `mutation ($clientKey: ID!, $input: RecordDomicileOutsideRotationInput!) {
      recordDomicileOutsideRotation(clientKey: $clientKey, input: $input) { id } }`;
    const variables = {
      clientKey: 'rights-of-fidenza',
      input: { istatCode: '034007', on: '2026-02-01' },
    };
    const record = (caller: object) => protocols.ask(document, variables, caller);
    const first = await record({ ...ofFidenza, user: 'one' });
    expect(first.errors).toBeUndefined();
    expect(await record({ ...ofFidenza, user: 'one' })).toEqual(first);
    for (const other of [
      { ...ofFidenza, user: 'another' },
      { ...ofParma, user: 'one' },
      { districts: [], user: 'one' },
    ]) {
      const { data, errors } = await record(other);
      expect(data?.['recordDomicileOutsideRotation'] ?? null).toBeNull();
      expect(errors?.[0]?.message).toContain('by somebody else');
    }
  });

  it('sees the turns of its districts, and the whole province those of all', async () => {
    await offer(2, ofParma);
    expect((await turns(ofFidenza)).map(({ position }) => position)).toEqual([1]);
    expect((await turns(ofParma)).map(({ position }) => position)).toEqual([2]);
    expect(await turns({ districts: [] })).toEqual([]);
    expect(await turns({})).toHaveLength(2);
  });

  it('counts declarations outside the rotation in municipalities of its districts only', async () => {
    const record = (istatCode: string, caller: object) =>
      change(
        'recordDomicileOutsideRotation',
        'RecordDomicileOutsideRotationInput',
        { istatCode, on: '2026-02-01' },
        caller,
      );
    expect(codeOf(await record('034027', ofFidenza))).toBe('BAD_USER_INPUT');
    expect(codeOf(await record('999999', {}))).toBe('BAD_USER_INPUT');
    expect(codeOf(await record('034027', ofParma))).toBeUndefined();
  });
});
