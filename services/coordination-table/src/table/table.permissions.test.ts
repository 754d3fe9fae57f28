import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Mutation } from './resolvers/mutation.ts';
import { type RegisterUnderTest, startRegister } from './start-register.fixture.ts';

describe('who may change the register', () => {
  let register: RegisterUnderTest;
  let objectiveOf: Readonly<Record<'PARMA' | 'FIDENZA' | 'PROVINCE', string>>;
  let seatId: string;
  let meetingId: string;
  let heldId: string;
  let protocolId: string;
  beforeAll(async () => {
    register = await startRegister();
    const objective = (district: string | null) =>
      register.change('setObjective', { ...newObjective, district });
    seatId = await register.change('addSeat', {
      organisation: 'ausl',
      name: 'AUSL',
      kind: 'HEALTH_AUTHORITY',
      from: '2026-01-01',
    });
    const meeting = { level: 'POLITICAL', plannedAt: '2026-11-20T09:00:00Z', seatIds: [seatId] };
    meetingId = await register.change('planMeeting', meeting);
    heldId = await register.change('planMeeting', meeting);
    await register.change('holdMeeting', { meetingId: heldId, heldAt: '2026-11-20T09:00:00Z' });
    protocolId = await register.change('draftProtocol', newProtocol());
    objectiveOf = {
      PARMA: await objective('PARMA'),
      FIDENZA: await objective('FIDENZA'),
      PROVINCE: await objective(null),
    };
  });
  afterAll(() => register.close());

  const newObjective = {
    year: 2026,
    aim: 'MONITORING',
    title: 'Presenze',
    indicatorId: 'I1',
    dueOn: '2026-12-31',
  };
  const newProtocol = () => ({
    code: 'P1',
    title: 'Titolo',
    summary: 'Oggetto',
    ownerSeatId: seatId,
  });
  const fidenza = { districts: ['FIDENZA'] };

  /** Every mutation with an input that the province's coordinator could make. */
  const changes: Readonly<Record<string, () => object>> = {
    addSeat: () => ({ organisation: 'new', name: 'Nuovo', kind: 'OTHER', from: '2026-01-01' }),
    endSeat: () => ({ seatId, to: '2026-12-31' }),
    setCadenceRule: () => ({
      level: 'POLITICAL',
      every: 2,
      unit: 'MONTH',
      reading: 'ogni due mesi',
      validFrom: '2026-01-01',
    }),
    planMeeting: () => ({ level: 'POLITICAL', plannedAt: '2026-12-01T09:00:00Z' }),
    inviteNodes: () => ({ meetingId, seatIds: [seatId] }),
    addAgendaItems: () => ({ meetingId, items: ['Bilancio'] }),
    holdMeeting: () => ({ meetingId, heldAt: '2026-11-20T09:00:00Z' }),
    cancelMeeting: () => ({ meetingId, reason: 'sala' }),
    recordAttendance: () => ({ meetingId: heldId, attendance: [{ seatId, attended: true }] }),
    recordDecision: () => ({ meetingId: heldId, text: 'Approvato' }),
    setObjective: () => ({ ...newObjective, district: 'PARMA' }),
    recordProgress: () => ({ objectiveId: objectiveOf.PARMA, on: '2026-11-01', value: 1 }),
    closeObjective: () => ({ objectiveId: objectiveOf.PARMA, state: 'REACHED', on: '2026-11-01' }),
    draftProtocol: newProtocol,
    signProtocol: () => ({
      protocolId,
      signedOn: '2026-11-01',
      signatories: [{ seatId }, { municipality: '034027' }],
    }),
    putProtocolInForce: () => ({ protocolId, validFrom: '2026-11-01' }),
    withdrawProtocol: () => ({ protocolId, reason: 'superato' }),
    adoptCriterion: () => ({
      code: 'residence',
      service: 'RESIDENCE',
      text: 'Testo',
      adoptedOn: '2026-11-01',
    }),
    publishGoodPractice: () => ({
      title: 'Titolo',
      field: 'OTHER',
      description: 'Descrizione',
      formalisation: 'NONE',
      seatId,
    }),
  };

  const strangers: readonly (readonly [who: string, caller: { districts: string[] }])[] = [
    ['a coordinator of another district', fidenza],
    ['somebody without any district', { districts: [] }],
    ['somebody with a district this version does not know', { districts: ['ATLANTIS'] }],
  ];

  describe.each(strangers)('%s', (_who, caller) => {
    it.each(Object.keys(changes))('is refused %s, and nothing changes', async (mutation) => {
      const before = await register.dump();
      const { data, errors } = await register.attempt(mutation, changes[mutation]?.() ?? {}, {
        caller,
      });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
      expect(data).toEqual({ [mutation]: null });
      expect(await register.dump()).toBe(before);
    });
  });

  it("a district's coordinator is refused the province's objectives, and nothing changes", async () => {
    const before = await register.dump();
    const attempts = [
      ['setObjective', { ...newObjective, district: null }],
      ['setObjective', { ...newObjective, district: null, objectiveId: objectiveOf.PROVINCE }],
      ['recordProgress', { objectiveId: objectiveOf.PROVINCE, on: '2026-11-01', value: 1 }],
      ['closeObjective', { objectiveId: objectiveOf.PROVINCE, state: 'REACHED', on: '2026-11-01' }],
      // Said to be of the own district, which it is not.
      ['setObjective', { ...newObjective, district: 'FIDENZA', objectiveId: objectiveOf.PARMA }],
    ] as const;
    for (const [mutation, input] of attempts) {
      const { errors } = await register.attempt(mutation, input, { caller: fidenza });
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect(await register.dump()).toBe(before);
  });

  it("a district's coordinator changes the own district's objectives", async () => {
    const objectiveId = objectiveOf.FIDENZA;
    const attempts = [
      ['setObjective', { ...newObjective, district: 'FIDENZA', objectiveId, target: 3 }],
      ['setObjective', { ...newObjective, district: 'FIDENZA' }],
      ['recordProgress', { objectiveId, on: '2026-11-01', value: 1 }],
      ['closeObjective', { objectiveId, state: 'REACHED', on: '2026-11-01' }],
    ] as const;
    for (const [mutation, input] of attempts) {
      const { errors } = await register.attempt(mutation, input, { caller: fidenza });
      expect(errors).toBeUndefined();
    }
  });

  it('knows of every change the register offers', () => {
    expect(Object.keys(changes).sort()).toEqual(Object.keys(Mutation).sort());
  });
});
