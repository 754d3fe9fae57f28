import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RegisterUnderTest, startRegister } from './start-register.fixture.ts';
import { createProtocolOwnerReader } from './store/postgres-protocol-owner.ts';
import { createTableActivityReader } from './store/postgres-table-activity.ts';

describe('the register of the table', () => {
  let register: RegisterUnderTest;
  beforeAll(async () => {
    register = await startRegister();
  });
  beforeEach(() => register.empty());
  afterAll(() => register.close());

  const addSeat = (organisation: string, more: object = {}) =>
    register.change('addSeat', {
      organisation,
      name: organisation,
      kind: 'OTHER',
      from: '2026-01-01',
      ...more,
    });
  const planMeeting = (seatIds: readonly string[] = [], more: object = {}) =>
    register.change('planMeeting', {
      level: 'TECHNICAL_OPERATIONAL',
      plannedAt: '2026-11-20T09:00:00Z',
      seatIds,
      agenda: [],
      ...more,
    });
  const holdMeeting = (meetingId: string) =>
    register.change('holdMeeting', { meetingId, heldAt: '2026-11-20T09:05:00+01:00' });
  const draftProtocol = (ownerSeatId: string, code = 'P1') =>
    register.change('draftProtocol', {
      code,
      title: 'Pronta accoglienza',
      summary: 'Accesso',
      ownerSeatId,
    });
  async function protocolInForce(seats: readonly [string, string], more: object = {}) {
    const protocolId = await draftProtocol(seats[0]);
    await register.change('signProtocol', {
      protocolId,
      signedOn: '2026-03-01',
      signatories: [{ seatId: seats[0] }, { seatId: seats[1] }, { municipality: '034010' }],
    });
    await register.change('putProtocolInForce', { protocolId, validFrom: '2026-04-01', ...more });
    return protocolId;
  }
  const refusal = async (mutation: string, input: object) =>
    (await register.attempt(mutation, input)).errors?.[0]?.message;

  describe('seats', () => {
    it('are counted by kind as the founding page does: 4 + 1 + 4 + 3 + Questura + Prefettura', async () => {
      const kinds = [
        ['LEAD_MUNICIPALITY', 4],
        ['HEALTH_AUTHORITY', 1],
        ['SAI_PROJECT', 4],
        ['SOCIAL_SERVICE', 3],
        ['POLICE_HEADQUARTERS', 1],
        ['PREFECTURE', 1],
      ] as const;
      for (const [kind, count] of kinds) {
        for (let index = 1; index <= count; index += 1) {
          const name = `${kind.toLowerCase().replaceAll('_', '-')}-${index}`;
          await addSeat(name, {
            kind,
            municipality: kind === 'LEAD_MUNICIPALITY' ? '034027' : null,
          });
        }
      }
      const { data } = await register.ask('{ tableComposition { total byKind { kind seats } } }');
      expect(data?.['tableComposition']).toEqual({
        total: 14,
        byKind: [...kinds, ['COORDINATING_BODY', 0] as const, ['OTHER', 0] as const].map(
          ([kind, seats]) => ({ kind, seats }),
        ),
      });
    });

    it('are held by an organisation one at a time, and can be taken again after they ended', async () => {
      const first = await addSeat('ausl');
      expect(
        await refusal('addSeat', {
          organisation: 'ausl',
          name: 'AUSL',
          kind: 'OTHER',
          from: '2026-06-01',
        }),
      ).toMatch(/^input.organisation has a seat/u);
      await register.change('endSeat', { seatId: first, to: '2026-05-31' });
      await addSeat('ausl', { from: '2026-06-01' });
      const { data } = await register.ask('{ seats(on: "2026-05-31") { nodes { id } } }');
      expect(data?.['seats']).toEqual({ nodes: [{ id: first }] });
    });
  });

  describe('meetings', () => {
    it('are held once, by whoever comes first, when two coordinators hold one at the same moment', async () => {
      const meetingId = await planMeeting();
      const input = { meetingId, heldAt: '2026-11-20T09:00:00Z' };
      const answers = await Promise.all(
        ['one-key-1', 'other-key-2'].map((clientKey) =>
          register.attempt('holdMeeting', input, { clientKey }),
        ),
      );
      const refused = answers.flatMap(({ errors }) => errors ?? []);
      expect(refused.map(({ message }) => message)).toEqual([
        'input.meetingId names a meeting that is HELD; holdMeeting needs one that is PLANNED',
      ]);
    });

    it('are planned once when the same change is sent again, and a key serves one change only', async () => {
      const input = {
        level: 'POLITICAL',
        plannedAt: '2026-12-01T09:00:00Z',
        seatIds: [],
        agenda: ['Bilancio'],
      };
      const id = await register.change('planMeeting', input, 'same-key-1');
      const before = await register.dump();
      expect(await register.change('planMeeting', input, 'same-key-1')).toBe(id);
      expect(await register.dump()).toBe(before);
      const other = await register.attempt(
        'planMeeting',
        { ...input, level: 'ORGANISATIONAL' },
        { clientKey: 'same-key-1' },
      );
      expect(other.errors?.[0]?.message).toMatch(/^clientKey was already used/u);
    });

    it('tell invitations, attendance by node, agenda and decisions', async () => {
      const [a, b] = [await addSeat('comune-b'), await addSeat('ausl')];
      const meetingId = await planMeeting([a], { agenda: ['Standard equi'] });
      await register.change('inviteNodes', { meetingId, seatIds: [a, b] });
      await register.change('addAgendaItems', { meetingId, items: ['Domicili'] });
      await holdMeeting(meetingId);
      await register.change('recordAttendance', {
        meetingId,
        attendance: [{ seatId: a, attended: true }],
      });
      await register.change('recordDecision', { meetingId, text: 'Si adotta la scheda unica' });
      const { data } = await register.ask(
        `query ($id: ID!) { meeting(id: $id) {
          state heldAt agenda { position text } decisions { number text }
          invitations { attended seat { organisation } } } }`,
        { id: meetingId },
      );
      expect(data?.['meeting']).toEqual({
        state: 'HELD',
        heldAt: '2026-11-20T08:05:00.000Z',
        agenda: [
          { position: 1, text: 'Standard equi' },
          { position: 2, text: 'Domicili' },
        ],
        decisions: [{ number: 1, text: 'Si adotta la scheda unica' }],
        invitations: [
          { attended: null, seat: { organisation: 'ausl' } },
          { attended: true, seat: { organisation: 'comune-b' } },
        ],
      });
    });

    it('take as many statements for ten as for one', async () => {
      const seats = [await addSeat('ausl'), await addSeat('comune')];
      const query = `{ meetings(first: 10) { nodes {
        agenda { text } decisions { text protocol { title } } invitations { seat { name } } } } }`;
      await holdMeeting(await planMeeting(seats, { agenda: ['uno'] }));
      register.takeStatements();
      await register.ask(query);
      const forOne = register.takeStatements();
      for (let index = 0; index < 9; index += 1) await planMeeting(seats, { agenda: ['uno'] });
      register.takeStatements();
      await register.ask(query);
      expect(register.takeStatements()).toBe(forOne);
    });

    it('come in pages that miss none and repeat none', async () => {
      const planned = new Set<string>();
      for (let index = 0; index < 5; index += 1) planned.add(await planMeeting());
      const seen: string[] = [];
      let after: string | null = null;
      for (let page = 0; page < 3; page += 1) {
        const { data } = await register.ask(
          'query ($after: String) { meetings(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
          { after },
        );
        // As the query asks for it.
        const meetings = data?.['meetings'] as {
          nodes: { id: string }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
        seen.push(...meetings.nodes.map(({ id }) => id));
        after = meetings.pageInfo.endCursor;
        expect(meetings.pageInfo.hasNextPage).toBe(page < 2);
      }
      expect(new Set(seen)).toEqual(planned);
      expect(seen).toHaveLength(5);
    });
  });

  describe('protocols', () => {
    it('go from draft over signature into force, and expire by themselves', async () => {
      const seats = [await addSeat('comune-di-parma'), await addSeat('ausl')] as const;
      const id = await protocolInForce(seats, { validTo: '2026-11-30' });
      const status = async () => {
        const { data } = await register.ask(
          'query ($id: ID!) { protocol(id: $id) { status owner { organisation } signatories { municipality { name } } } }',
          { id },
        );
        return data?.['protocol'];
      };
      expect(await status()).toEqual({
        status: 'IN_FORCE',
        owner: { organisation: 'comune-di-parma' },
        signatories: [
          { municipality: null },
          { municipality: null },
          { municipality: { name: 'Colorno' } },
        ],
      });
      register.setClock('2026-12-01T00:00:00+01:00');
      expect(await status()).toMatchObject({ status: 'EXPIRED' });
      expect(await refusal('withdrawProtocol', { protocolId: id, reason: 'superato' })).toBe(
        'input.protocolId: a protocol that is EXPIRED cannot be withdrawn; only one that is DRAFT or SIGNED or IN_FORCE can',
      );
    });

    it('are answered for by the organisation the table names, while they are in force', async () => {
      const seats = [await addSeat('comune-di-parma'), await addSeat('ausl')] as const;
      const protocolId = await protocolInForce(seats);
      const at = (day: string) =>
        createProtocolOwnerReader(register.database, () => new Date(`${day}T10:00:00Z`))('P1');
      expect(await at('2026-04-01')).toBe('comune-di-parma');
      expect(await at('2026-03-31')).toBeNull();
      await register.change('withdrawProtocol', { protocolId, reason: 'superato' });
      expect(await at('2026-11-22')).toBeNull();
    });

    it('have one version in force at a time', async () => {
      const seats = [await addSeat('comune-di-parma'), await addSeat('ausl')] as const;
      const first = await protocolInForce(seats);
      const second = await draftProtocol(seats[0]);
      await register.change('signProtocol', {
        protocolId: second,
        signedOn: '2026-11-22',
        signatories: seats.map((seatId) => ({ seatId })),
      });
      const force = { protocolId: second, validFrom: '2026-12-01' };
      expect(await refusal('putProtocolInForce', force)).toMatch(
        /another version of the protocol/u,
      );
      await register.change('withdrawProtocol', { protocolId: first, reason: 'nuova versione' });
      await register.change('putProtocolInForce', force);
      const { data } = await register.ask(
        '{ protocols(code: "P1") { nodes { version } } now: protocols(inForceOn: "2026-11-21") { nodes { version } } later: protocols(inForceOn: "2026-12-01") { nodes { version } } }',
      );
      expect(data).toEqual({
        protocols: { nodes: [{ version: 1 }, { version: 2 }] },
        now: { nodes: [{ version: 1 }] },
        later: { nodes: [{ version: 2 }] },
      });
    });
  });

  describe('criteria and good practices', () => {
    it('keep every version, and tell which one held on a day', async () => {
      const criterion = {
        code: 'residence',
        service: 'RESIDENCE',
        text: 'Residenza presso il centro',
      };
      await register.change('adoptCriterion', { ...criterion, adoptedOn: '2026-01-10' });
      await register.change('adoptCriterion', {
        ...criterion,
        adoptedOn: '2026-06-10',
        reviewOn: '2027-06-10',
      });
      const { data } = await register.ask(
        '{ before: sharedCriteria(on: "2026-06-09") { nodes { version } } now: sharedCriteria(on: "2026-06-10") { nodes { version } } }',
      );
      expect(data).toEqual({
        before: { nodes: [{ version: 1 }] },
        now: { nodes: [{ version: 2 }] },
      });
    });

    it('carry the number of the ministry form and what makes them transferable', async () => {
      const seatId = await addSeat('azienda-sociale');
      await register.change('publishGoodPractice', {
        title: 'Volontariato dei richiedenti',
        field: 'VOLUNTARY_INVOLVEMENT',
        description: 'Accordo tra distretto, Provincia e terzo settore',
        formalisation: 'OPERATIONAL_AGREEMENT',
        seatId,
        transferability: ['POLITICAL_WILL', 'EXISTING_RELATIONS'],
      });
      const { data } = await register.ask(
        '{ goodPractices { nodes { fieldNumber transferability publishedOn seat { organisation } } } }',
      );
      expect(data?.['goodPractices']).toEqual({
        nodes: [
          {
            fieldNumber: 7,
            transferability: ['POLITICAL_WILL', 'EXISTING_RELATIONS'],
            publishedOn: '2026-11-22',
            seat: { organisation: 'azienda-sociale' },
          },
        ],
      });
    });
  });

  it('calls to mind what falls into a time, in its order', async () => {
    const seats = [await addSeat('comune-di-parma'), await addSeat('ausl')] as const;
    const protocol = await protocolInForce(seats, { validTo: '2027-01-31' });
    const meeting = await planMeeting([], {
      level: 'POLITICAL',
      plannedAt: '2026-12-31T23:30:00Z',
    });
    const rule = await register.change('setCadenceRule', {
      level: 'ORGANISATIONAL',
      every: 2,
      unit: 'MONTH',
      reading: 'bimensile letto come bimestrale',
      validFrom: '2026-11-01',
    });
    const objective = await register.change('setObjective', {
      year: 2026,
      aim: 'FAIR_STANDARDS',
      title: 'Standard equi',
      indicatorId: 'I3',
      dueOn: '2026-12-31',
    });
    const { data } = await register.ask(
      '{ calendar(from: "2026-12-01", to: "2027-01-31") { on kind subjectId } }',
    );
    expect(data?.['calendar']).toEqual([
      { on: '2026-12-31', kind: 'OBJECTIVE_DEADLINE', subjectId: objective },
      { on: '2027-01-01', kind: 'MEETING', subjectId: meeting },
      { on: '2027-01-01', kind: 'MEETING_DUE', subjectId: rule },
      { on: '2027-01-31', kind: 'PROTOCOL_EXPIRY', subjectId: protocol },
    ]);
  });

  describe('the activity of a year', () => {
    it('has no rate where nobody was invited', async () => {
      await addSeat('ausl', { name: 'AUSL di Parma' });
      const activity = await createTableActivityReader(register.database).activityOf(
        2026,
        '2026-11-22',
      );
      expect(activity).toMatchObject({
        participationRate: null,
        participation: [
          { organisation: 'ausl', name: 'AUSL di Parma', invited: 0, attended: 0, rate: null },
        ],
        protocolsInForce: 0,
        municipalitiesWithProtocol: [],
      });
    });

    it('counts meetings, participation, protocols, criteria and municipalities', async () => {
      const [a, b] = [
        await addSeat('ausl'),
        await addSeat('comune-di-parma', { kind: 'LEAD_MUNICIPALITY', municipality: '034027' }),
      ];
      for (const attended of [true, false]) {
        const meetingId = await planMeeting([a, b]);
        await holdMeeting(meetingId);
        await register.change('recordAttendance', {
          meetingId,
          attendance: [{ seatId: a, attended }],
        });
      }
      await planMeeting([a]);
      const cancelled = await planMeeting([a], { level: 'POLITICAL' });
      await register.change('cancelMeeting', {
        meetingId: cancelled,
        reason: 'sala non disponibile',
      });
      await protocolInForce([a, b]);
      await register.change('adoptCriterion', {
        code: 'residence',
        service: 'RESIDENCE',
        text: 'Residenza presso il centro',
        adoptedOn: '2026-02-01',
      });
      const { data } = await register.ask(
        `{ tableActivity(year: 2026) { asOf participationRate protocolsSigned protocolsInForce
          meetings { level planned held cancelled }
          participation { organisation invited attended notRecorded rate }
          criteriaAdopted { service adopted } municipalitiesWithProtocol { istatCode } } }`,
      );
      expect(data?.['tableActivity']).toEqual({
        asOf: '2026-11-22',
        participationRate: 0.25,
        protocolsSigned: 1,
        protocolsInForce: 1,
        meetings: [
          { level: 'POLITICAL', planned: 0, held: 0, cancelled: 1 },
          { level: 'ORGANISATIONAL', planned: 0, held: 0, cancelled: 0 },
          { level: 'TECHNICAL_OPERATIONAL', planned: 1, held: 2, cancelled: 0 },
        ],
        participation: [
          { organisation: 'ausl', invited: 2, attended: 1, notRecorded: 0, rate: 0.5 },
          { organisation: 'comune-di-parma', invited: 2, attended: 0, notRecorded: 2, rate: 0 },
        ],
        criteriaAdopted: [{ service: 'RESIDENCE', adopted: 1 }],
        municipalitiesWithProtocol: [{ istatCode: '034010' }, { istatCode: '034027' }],
      });
    });

    it('tells objectives with their latest value', async () => {
      const objectiveId = await register.change('setObjective', {
        year: 2026,
        district: 'FIDENZA',
        aim: 'MONITORING',
        title: 'Presenze',
        indicatorId: 'I1',
        baseline: 4,
        target: 6,
        dueOn: '2026-12-31',
      });
      for (const [on, value] of [
        ['2026-09-01', 5],
        ['2026-06-01', 4],
        ['2026-09-01', 5.5],
      ] as const) {
        await register.change('recordProgress', { objectiveId, on, value });
      }
      const objectives = await createTableActivityReader(register.database).objectivesOf(2026);
      expect(objectives).toMatchObject([
        {
          id: objectiveId,
          district: 'FIDENZA',
          latest: { on: '2026-09-01', value: 5.5 },
          state: 'OPEN',
        },
      ]);
    });
  });
});
