import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RegisterUnderTest, startRegister } from './start-register.fixture.ts';

describe('bad input to the register', () => {
  let register: RegisterUnderTest;
  /** What the rows below speak of by name. */
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    register = await startRegister();
    const seat = (organisation: string, from: string) =>
      register.change('addSeat', { organisation, name: organisation, kind: 'OTHER', from });
    const meeting = () =>
      register.change('planMeeting', { level: 'POLITICAL', plannedAt: '2026-11-20T09:00:00Z' });
    const protocol = (code: string) =>
      register.change('draftProtocol', {
        code,
        title: 'Titolo',
        summary: 'Oggetto',
        ownerSeatId: ids['seat'],
      });
    ids['seat'] = await seat('ausl', '2026-01-01');
    ids['other'] = await seat('comune', '2026-01-01');
    ids['late'] = await seat('questura', '2026-12-01');
    ids['ended'] = await seat('prefettura', '2026-01-01');
    await register.change('endSeat', { seatId: ids['ended'], to: '2026-06-30' });
    ids['planned'] = await meeting();
    ids['held'] = await meeting();
    await register.change('holdMeeting', {
      meetingId: ids['held'],
      heldAt: '2026-11-20T09:00:00Z',
    });
    ids['cancelled'] = await meeting();
    await register.change('cancelMeeting', { meetingId: ids['cancelled'], reason: 'sala' });
    ids['draft'] = await protocol('P1');
    ids['signed'] = await protocol('P2');
    await register.change('signProtocol', {
      protocolId: ids['signed'],
      signedOn: '2026-05-01',
      signatories: [{ seatId: ids['seat'] }, { seatId: ids['other'] }],
    });
    ids['closed'] = await register.change('setObjective', { ...objective, dueOn: '2026-12-31' });
    ids['open'] = await register.change('setObjective', { ...objective, dueOn: '2026-12-31' });
    await register.change('closeObjective', {
      objectiveId: ids['closed'],
      state: 'DROPPED',
      on: '2026-11-01',
    });
    await register.change('setCadenceRule', { ...cadence, validFrom: '2026-01-01' });
    await register.change('adoptCriterion', { ...criterion, adoptedOn: '2026-05-01' });
  });
  afterAll(() => register.close());

  const objective = { year: 2026, aim: 'MONITORING', title: 'Titolo', indicatorId: 'I1' };
  const cadence = { level: 'POLITICAL', every: 2, unit: 'MONTH', reading: 'ogni due mesi' };
  const criterion = { code: 'residence', service: 'RESIDENCE', text: 'Testo' };
  const practice = {
    title: 'Titolo',
    field: 'OTHER',
    description: 'Descrizione',
    formalisation: 'NONE',
    seatId: '$seat',
  };
  const seat = { organisation: 'new', name: 'Nome', kind: 'OTHER', from: '2026-01-01' };
  const meeting = { level: 'POLITICAL', plannedAt: '2026-12-01T09:00:00Z' };
  const draft = { code: 'P9', title: 'Titolo', summary: 'Oggetto', ownerSeatId: '$seat' };
  const signatories = [{ seatId: '$seat' }, { seatId: '$other' }];

  const rows: readonly (readonly [mutation: string, input: object, said: RegExp])[] = [
    ['addSeat', { ...seat, organisation: 'Comune di Parma' }, /organisation must be lower-case/u],
    ['addSeat', { ...seat, organisation: 'a'.repeat(65) }, /organisation must have at most 64/u],
    ['addSeat', { ...seat, name: '  ' }, /name must not be empty/u],
    ['addSeat', { ...seat, name: 'a'.repeat(121) }, /name must have at most 120/u],
    ['addSeat', { ...seat, name: 'chiamare 3331234567' }, /name seems to hold a phone number/u],
    ['addSeat', { ...seat, municipality: '058091' }, /municipality must be the ISTAT code/u],
    ['addSeat', { ...seat, kind: 'LEAD_MUNICIPALITY' }, /municipality must be given/u],
    ['addSeat', { ...seat, from: '1926-01-01' }, /from must be between 2000 and 2099/u],
    ['addSeat', { ...seat, organisation: 'ausl', from: '2026-05-01' }, /organisation has a seat/u],
    ['endSeat', { seatId: 'nobody', to: '2026-05-01' }, /seatId names no seat/u],
    ['endSeat', { seatId: '$seat', to: '2025-12-31' }, /to must not come before/u],
    ['endSeat', { seatId: '$ended', to: '2026-12-31' }, /seatId names a seat that was ended/u],
    [
      'setCadenceRule',
      { ...cadence, every: 0, validFrom: '2026-06-01' },
      /every must be 1 to 366/u,
    ],
    [
      'setCadenceRule',
      { ...cadence, reading: '', validFrom: '2026-06-01' },
      /reading must not be/u,
    ],
    ['setCadenceRule', { ...cadence, validFrom: '2026-01-01' }, /validFrom must come after/u],
    [
      'planMeeting',
      { ...meeting, plannedAt: '2206-01-01T00:00:00Z' },
      /plannedAt must be between/u,
    ],
    ['planMeeting', { ...meeting, seatIds: ['$seat', '$seat'] }, /seatIds must name each/u],
    ['planMeeting', { ...meeting, seatIds: ['$ended'] }, /seatIds must name seats at the table/u],
    ['planMeeting', { ...meeting, seatIds: ["x' OR 1=1"] }, /seatIds.0 is not an id/u],
    ['planMeeting', { ...meeting, agenda: Array(31).fill('a') }, /agenda must have at most 30/u],
    [
      'planMeeting',
      { ...meeting, agenda: ['CF RSSMRA85T10A562S'] },
      /agenda.0 seems to hold a cod/u,
    ],
    ['inviteNodes', { meetingId: '$planned', seatIds: [] }, /seatIds must name a node/u],
    ['inviteNodes', { meetingId: '$planned', seatIds: ['$late'] }, /seatIds must name seats at/u],
    ['inviteNodes', { meetingId: '$cancelled', seatIds: ['$seat'] }, /is CANCELLED; inviteNodes/u],
    ['addAgendaItems', { meetingId: '$held', items: ['a'] }, /is HELD; addAgendaItems needs/u],
    ['addAgendaItems', { meetingId: '$planned', items: [] }, /items must name a point/u],
    ['holdMeeting', { meetingId: 'none', heldAt: '2026-11-20T09:00:00Z' }, /names no meeting/u],
    [
      'holdMeeting',
      { meetingId: '$planned', heldAt: '2026-11-22T10:00:01Z' },
      /heldAt must not lie/u,
    ],
    ['holdMeeting', { meetingId: '$cancelled', heldAt: '2026-11-20T09:00:00Z' }, /is CANCELLED/u],
    ['cancelMeeting', { meetingId: '$held', reason: 'sala' }, /is HELD; cancelMeeting needs/u],
    ['cancelMeeting', { meetingId: '$planned', reason: 'scrivere a x@esempio.it' }, /an e-mail/u],
    [
      'recordAttendance',
      { meetingId: '$held', attendance: [{ seatId: '$seat', attended: true }] },
      /attendance must name nodes that were invited/u,
    ],
    ['recordAttendance', { meetingId: '$held', attendance: [] }, /attendance must name a node/u],
    [
      'recordAttendance',
      { meetingId: '$planned', attendance: [{ seatId: '$seat', attended: true }] },
      /is PLANNED; recordAttendance needs one that is HELD/u,
    ],
    ['recordDecision', { meetingId: '$planned', text: 'a' }, /is PLANNED; recordDecision needs/u],
    [
      'recordDecision',
      { meetingId: '$held', text: 'a'.repeat(2001) },
      /text must have at most 2000/u,
    ],
    ['recordDecision', { meetingId: '$held', text: 'a', protocolId: 'none' }, /names no protocol/u],
    ['setObjective', { ...objective, year: 1999, dueOn: '2026-12-31' }, /year must be between/u],
    [
      'setObjective',
      { ...objective, indicatorId: '; --', dueOn: '2026-12-31' },
      /indicatorId must be/u,
    ],
    [
      'setObjective',
      { ...objective, objectiveId: '$open', year: 2027, dueOn: '2026-12-31' },
      /year must stay/u,
    ],
    [
      'setObjective',
      { ...objective, objectiveId: '$open', district: 'PARMA', dueOn: '2026-12-31' },
      /district must stay/u,
    ],
    [
      'setObjective',
      { ...objective, objectiveId: '$closed', dueOn: '2026-12-31' },
      /is DROPPED; setObjective needs one that is OPEN/u,
    ],
    ['recordProgress', { objectiveId: '$closed', on: '2026-11-01', value: 1 }, /is DROPPED/u],
    ['recordProgress', { objectiveId: '$open', on: '2026-11-23', value: 1 }, /on must not lie/u],
    ['recordProgress', { objectiveId: 'none', on: '2026-11-01', value: 1 }, /names no objective/u],
    ['closeObjective', { objectiveId: '$open', state: 'OPEN', on: '2026-11-01' }, /state must be/u],
    [
      'closeObjective',
      { objectiveId: '$closed', state: 'REACHED', on: '2026-11-01' },
      /is DROPPED/u,
    ],
    ['draftProtocol', { ...draft, code: 'P 1' }, /code must be words/u],
    ['draftProtocol', { ...draft, ownerSeatId: 'none' }, /ownerSeatId names no seat/u],
    ['draftProtocol', { ...draft, summary: 'STP0803411234567' }, /summary seems to hold an STP/u],
    [
      'signProtocol',
      { protocolId: '$draft', signedOn: '2026-05-01', signatories: [{ seatId: '$seat' }] },
      /signatories must name two at least/u,
    ],
    [
      'signProtocol',
      {
        protocolId: '$draft',
        signedOn: '2026-05-01',
        signatories: [{ seatId: '$seat', municipality: '034027' }, { seatId: '$other' }],
      },
      /signatories.0 must name a seat or a municipality/u,
    ],
    [
      'signProtocol',
      { protocolId: '$draft', signedOn: '2026-11-23', signatories },
      /signedOn must not/u,
    ],
    [
      'signProtocol',
      { protocolId: '$draft', signedOn: '2025-11-22', signatories },
      /signatories must name seats at the table/u,
    ],
    [
      'signProtocol',
      { protocolId: '$signed', signedOn: '2026-11-22', signatories },
      /that is SIGNED cannot be signed/u,
    ],
    [
      'putProtocolInForce',
      { protocolId: '$draft', validFrom: '2026-11-22' },
      /that is DRAFT cannot be put in force/u,
    ],
    [
      'putProtocolInForce',
      { protocolId: '$signed', validFrom: '2026-04-30' },
      /validFrom must not come before the signature/u,
    ],
    [
      'putProtocolInForce',
      { protocolId: '$signed', validFrom: '2026-06-01', validTo: '2026-05-31' },
      /validTo must not come before validFrom/u,
    ],
    ['withdrawProtocol', { protocolId: 'none', reason: 'a' }, /protocolId names no protocol/u],
    ['adoptCriterion', { ...criterion, adoptedOn: '2026-05-01' }, /adoptedOn must come after/u],
    ['adoptCriterion', { ...criterion, adoptedOn: '2026-11-23' }, /adoptedOn must not lie/u],
    [
      'adoptCriterion',
      { ...criterion, service: 'HEALTH', adoptedOn: '2026-06-01' },
      /service must stay/u,
    ],
    [
      'adoptCriterion',
      { ...criterion, adoptedOn: '2026-06-01', reviewOn: '2026-06-01' },
      /reviewOn must come after/u,
    ],
    ['publishGoodPractice', { ...practice, seatId: 'none' }, /seatId names no seat/u],
    ['publishGoodPractice', { ...practice, protocolId: '$signed' }, /protocolId is given only/u],
    [
      'publishGoodPractice',
      { ...practice, formalisation: 'PROTOCOL', protocolId: '$draft' },
      /protocolId names a protocol nobody signed/u,
    ],
    [
      'publishGoodPractice',
      { ...practice, transferability: ['POLITICAL_WILL', 'POLITICAL_WILL'] },
      /transferability must name each/u,
    ],
  ];

  it.each(rows)(
    '%s %j is refused by field and rule, and changes nothing',
    async (mutation, input, said) => {
      const before = await register.dump();
      const { errors } = await register.attempt(mutation, withIds(input));
      expect(errors?.[0]?.message).toMatch(said);
      expect(['BAD_USER_INPUT', 'NOT_FOUND']).toContain(errors?.[0]?.extensions.code);
      expect(await register.dump()).toBe(before);
    },
  );

  it('is told all at once', async () => {
    const { errors } = await register.attempt('addSeat', { ...seat, organisation: 'A', name: '' });
    expect(errors?.[0]?.message).toMatch(/organisation must be.*; input.name must not be empty/u);
  });

  it('is never repeated in the refusal', async () => {
    const { errors } = await register.attempt('addSeat', { ...seat, name: 'RSSMRA85T10A562S' });
    expect(JSON.stringify(errors)).not.toContain('RSSMRA');
  });

  it.each([
    ['{ calendar(from: "2026-02-01", to: "2026-01-01") { on } }', /"to" must not come before/u],
    ['{ calendar(from: "2026-01-01", to: "2027-12-31") { on } }', /at most 400 days/u],
    ['{ tableActivity(year: 1999) { year } }', /"year" must be between/u],
    ['{ meetings(first: 101) { nodes { id } } }', /"first" must be between/u],
    ['{ meetings(after: "x") { nodes { id } } }', /"after" is not a cursor/u],
  ])('%s is refused', async (query, said) => {
    const { errors } = await register.ask(query);
    expect(errors?.[0]?.message).toMatch(said);
  });

  /** `$name` stands for what was made under that name. */
  function withIds(input: object): object {
    const text = JSON.stringify(input).replace(/"\$(\w+)"/gu, (_whole, name: string) =>
      JSON.stringify(ids[name]),
    );
    return JSON.parse(text) as object;
  }
});
