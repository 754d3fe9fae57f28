import { deriveSectorKey } from '@tavolo/linkage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fiscal, registers, secret, startRegistry } from './registry.fixtures.ts';

type Started = Awaited<ReturnType<typeof startRegistry>>;

const householdKey = deriveSectorKey(secret, 'household', 'reception-centres:NR000001');
const personKey = deriveSectorKey(secret, 'person', 'PU000001');

const everything = `query ($references: [_Any!]!) {
  tutorMatches { nodes { from to endReason activityTypes tutorCount isComplete isSupervisionOverdue
    supervisions { at participantRoles organisation { name } }
    organisation { id name runtsNumber runtsSection municipality { name district } agreementFrom agreementTo }
    tutors { ref ageBand languages skills availability status isOccasional consentScope isTrainedBeforeFirstMatch
      municipality { name } organisations { name } training { course provider hours sessions completedAt } } }
    pageInfo { hasNextPage endCursor } }
  volunteerOrganisations { nodes { name } }
  volunteerRegistryRejections { nodes { source line field reason at } }
  _entities(representations: $references) {
    ... on Household { tutorMatches { from tutors { ref } } }
    ... on Person { publicUtilityActivities { kind from weeklyHours organisation { name } } } }
}`;
const references = [
  { __typename: 'Household', volunteerRegistryHouseholdKey: householdKey },
  { __typename: 'Person', volunteerRegistryKey: personKey },
  { __typename: 'Person', volunteerRegistryKey: null },
  { __typename: 'Person', volunteerRegistryKey: 'unknown' },
];

describe('the volunteer registry, asked over the graph', () => {
  let registry: Started;
  const queries: string[] = [];

  beforeAll(async () => {
    registry = await startRegistry({ onQuery: (collection) => queries.push(collection) });
    await registry.drop(registers);
  });
  afterAll(() => registry.close());

  it('answers matches with tutors, training, supervision and the body that made them', async () => {
    const answer = JSON.parse(await registry.ask(everything, { references })) as Answer;
    expect(answer.errors).toBeUndefined();
    const matches = answer.data.tutorMatches.nodes;
    const open = matches.find(({ from, to }) => from === '2024-06-01' && to === null);
    expect(open).toMatchObject({
      tutorCount: 2,
      isComplete: true,
      isSupervisionOverdue: true,
      activityTypes: ['JOB_START', 'SCHOOL_AND_PLAY'],
      supervisions: [{ at: '2026-10-01', participantRoles: ['PROJECT_STAFF', 'SOCIAL_SERVICES'] }],
      organisation: {
        runtsSection: 'VOLUNTARY_ORGANISATION',
        municipality: { district: 'FIDENZA' },
      },
    });
    expect(matches.find(({ from }) => from === '2026-11-01')).toMatchObject({
      isComplete: false,
      isSupervisionOverdue: false,
    });
    expect(matches.find(({ to }) => to === '2024-09-01')).toMatchObject({
      endReason: 'NOT_ACCEPTED_BY_HOUSEHOLD',
      isSupervisionOverdue: null,
    });
  });

  it('shows one citizen on two registers once, and one who ended with trainings and matches kept', async () => {
    const answer = JSON.parse(await registry.ask(everything, { references })) as Answer;
    const tutors = answer.data.tutorMatches.nodes.flatMap((match) => match.tutors);
    const refs = new Set(tutors.map(({ ref }) => ref));
    expect(refs.size).toBe(2);
    expect(tutors.find(({ status }) => status === 'ACTIVE')).toMatchObject({
      ageBand: 'FROM_45_TO_64',
      languages: ['ar', 'en', 'it'],
      skills: ['ADMINISTRATIVE_ERRANDS', 'ITALIAN_TEACHING'],
      consentScope: 'TABLE',
      isOccasional: false,
      isTrainedBeforeFirstMatch: true,
      organisations: expect.arrayContaining([{ name: 'Casa delle Lingue' }]) as unknown,
      training: [{ course: 'TUTOR_BASICS', hours: 12.5, sessions: 3, completedAt: '2024-05-01' }],
    });
    expect(tutors.find(({ status }) => status === 'ENDED')).toMatchObject({
      isTrainedBeforeFirstMatch: false,
      isOccasional: true,
    });
  });

  it('keeps asylum seekers who volunteer apart from tutors, and answers null keys with null', async () => {
    const answer = JSON.parse(await registry.ask(everything, { references })) as Answer;
    expect(answer.data._entities).toMatchObject([
      { tutorMatches: [{ from: '2024-06-01' }] },
      { publicUtilityActivities: [{ kind: 'PUBLIC_GREEN', weeklyHours: 7.5 }] },
      null,
      { publicUtilityActivities: [] },
    ]);
  });

  it('asks the store once for each relation, however many rows', async () => {
    await registry.ask('{ __typename }');
    queries.length = 0;
    await registry.ask(everything, { references });
    // Entries are asked for twice: those a match names, then all those of their citizens. `drops` is the freshness.
    const figures: Record<string, number> = {};
    for (const name of queries) if (name !== 'drops') figures[name] = (figures[name] ?? 0) + 1;
    expect(figures).toEqual({
      matches: 3,
      memberships: 2,
      organisations: 3,
      trainings: 1,
      supervisions: 1,
      activities: 1,
      rejections: 1,
    });
  });

  it('pages in order of id without repeating or missing a match, and filters by district and day', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const text = await registry.ask(
        'query ($after: String) { tutorMatches(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      const { tutorMatches } = (JSON.parse(text) as Answer).data;
      seen.push(...tutorMatches.nodes.map(({ id }) => id));
      after = tutorMatches.pageInfo.hasNextPage ? tutorMatches.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(seen).size).toBe(3);
    expect(seen).toEqual([...seen].sort());
    const elsewhere = await registry.ask('{ tutorMatches(district: SUD_EST) { nodes { id } } }');
    expect(elsewhere).toContain('"nodes":[]');
    const open = await registry.ask(
      '{ tutorMatches(district: FIDENZA, openOn: "2024-07-01") { nodes { id } } }',
    );
    expect((JSON.parse(open) as Answer).data.tutorMatches.nodes).toHaveLength(2);
  });

  it('shows no name, birth date, codice fiscale or local code anywhere', async () => {
    const answer = await registry.ask(everything, { references });
    for (const canary of [
      ...Object.values(fiscal),
      'Inventat',
      'Anna',
      'Bruno',
      'Mamadou',
      'PU000001',
      'NR000001',
      '1980',
      '1998',
      'M1"',
    ]) {
      expect(answer).not.toContain(canary);
    }
  });
});

describe('a register handed in again', () => {
  it('changes nothing when it is the same, supersedes when it is corrected, and keeps what was before', async () => {
    const registry = await startRegistry();
    try {
      await registry.drop(registers);
      const before = await registry.ask(everything, { references });
      await registry.drop(registers);
      expect(await registry.ask(everything, { references })).toBe(before);
      const name = 'abbinamenti_990001_2026-11-01.csv';
      const corrected = (registers[name] ?? '')
        .replace('M1;NR000001', 'M1;NR000009')
        .replace(/^M3.*\n/m, '');
      await registry.drop({ 'abbinamenti_990001_2026-11-15.csv': corrected });
      const after = JSON.parse(await registry.ask(everything, { references })) as Answer;
      expect(after.data.tutorMatches.nodes).toHaveLength(2);
      expect(after.data._entities[0]).toMatchObject({ tutorMatches: [] });
      await registry.drop({ [name]: `${registers[name] ?? ''}\n` });
      const older = await registry.ask(everything, { references });
      expect(older).toContain('older than the register already taken in');
      expect((JSON.parse(older) as Answer).data.tutorMatches.nodes).toHaveLength(2);
    } finally {
      await registry.close();
    }
  });

  it('shows the name of an asylum seeker in no answer and no rejection, in either layout', async () => {
    const registry = await startRegistry();
    const canary = 'CANARYZX81Q';
    try {
      await registry.drop({
        'accordi_2026-11-01.csv': registers['accordi_2026-11-01.csv'] ?? '',
        'attivita_990001_2026-11-01.csv': `Codice;Cognome;Nome;Codice fiscale;Attività;Dal;Al;Ore settimanali
PU000001;${canary};${canary} ${canary};;verde;01/02/2026;;7
PU000002;${canary};${canary};${canary};verde;01/02/2026;;7
`,
        'attivita_990002_2026-11-01.csv': `ID;Nominativo;CF;Mansione;Inizio;Fine;Ore/sett.
PU000001;${canary} ${canary};;verde;01/03/2026;;7
PU000003;${canary};;verde;${canary};;7
`,
      });
      const text = await registry.ask(everything, { references });
      const { data } = JSON.parse(text) as Answer;
      expect(data._entities[1]).toMatchObject({
        publicUtilityActivities: [{ from: '2026-03-01' }, { from: '2026-02-01' }],
      });
      expect(data.volunteerRegistryRejections.nodes.map(({ field }) => field).sort()).toEqual([
        'Codice fiscale',
        'Inizio',
      ]);
      expect(text).not.toContain(canary);
    } finally {
      await registry.close();
    }
  });

  it('quarantines what it cannot read by file, line, heading and rule, and takes the rest', async () => {
    const registry = await startRegistry();
    const canary = 'CANARYZX81Q';
    try {
      await registry.drop({
        'accordi_2026-11-01.csv': registers['accordi_2026-11-01.csv'] ?? '',
        'abbinamenti_990001_2026-11-01.csv': `Abbinamento;Codice nucleo;Ente del nucleo;Volontari;Dal;Al;Esito;Attività
M1;NR000001;Accoglienza;1, 2;${canary};;;
M2;${canary} 12;;1, 2;01/06/2024;;;
M3;NR000001;Accoglienza;1, 2, 3, 4;01/06/2024;;;
M4;NR000001;Accoglienza;;01/06/2024;;;
M5;NR000001;Accoglienza;1, 2;01/06/2024;;${canary};${canary}
M5;NR000001;Accoglienza;1, 2;01/06/2024;;;
`,
        'formazione_990001_2026-11-01.csv': `N. registro;Corso;Ente formatore;Ore;Incontri;Completato il
1;${canary};${canary};${canary};3;
2;${canary};${canary};5;3;
`,
        'volontari_990001_2026-11-01.csv': 'Numero;Nominativo\n1;x\n',
        'volontari_990002_2026-11-01.csv': Buffer.from('N. registro;Disponibilità\n1;è\n').toString(
          'latin1',
        ),
        [`volontari_${canary}.csv`]: 'x\n',
      });
      const text = await registry.ask(everything, { references });
      const { data } = JSON.parse(text) as Answer;
      expect(data.tutorMatches.nodes).toHaveLength(1);
      const places = data.volunteerRegistryRejections.nodes.map(
        ({ source, line, field }) => `${source.split('_')[0] ?? ''} ${line ?? '-'} ${field ?? '-'}`,
      );
      expect(places.sort()).toEqual([
        'a file with another name - -',
        'abbinamenti 2 Dal',
        'abbinamenti 3 Codice nucleo',
        'abbinamenti 4 Volontari',
        'abbinamenti 5 Volontari',
        'abbinamenti 7 Abbinamento',
        'formazione 2 Ore',
        'volontari - -',
        'volontari - -',
      ]);
      expect(text).not.toContain(canary);
      expect(text).toContain('UTF-8 text where latin1 was expected');
      expect(text).toContain('missing column');
    } finally {
      await registry.close();
    }
  });
});

interface Answer {
  readonly errors?: unknown;
  readonly data: {
    readonly tutorMatches: {
      readonly nodes: readonly {
        readonly id: string;
        readonly from: string;
        readonly to: string | null;
        readonly tutors: readonly { readonly ref: string; readonly status: string }[];
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
    readonly volunteerRegistryRejections: {
      readonly nodes: readonly {
        readonly source: string;
        readonly line: number | null;
        readonly field: string | null;
      }[];
    };
    readonly _entities: readonly unknown[];
  };
}
