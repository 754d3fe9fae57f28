import type { AnalysisQuestion, FactStore, FigureRequest } from '@tavolo/analysis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noFacts } from '../no-facts.fixture.ts';
import { type Protocols, startProtocols } from '../start-protocols.fixture.ts';

const cell = (value: number) => ({
  display: String(value),
  value,
  lower: null,
  upper: null,
  status: 'PERTURBED' as const,
});
const asked: { question: AnalysisQuestion; figures: readonly FigureRequest[] }[] = [];
const facts: FactStore = {
  ...noFacts,
  ask: (question, figures) => {
    asked.push({ question, figures });
    return Promise.resolve({
      cells:
        question.groupBy.length === 0
          ? []
          : [{ key: { exitDestination: 'CAS' }, figures: [cell(7)] }],
      total: figures.map((_, index) => cell(index)),
      state: {
        ...noFacts.state('immediateReceptions'),
        loadedAt: '2026-11-15T04:00:00.000Z',
      },
    });
  },
};

const started = {
  __typename: 'ImmediateReception',
  id: 'r',
  district: 'FIDENZA',
  requestedAt: null,
  acceptedAt: null,
  startedAt: '2026-11-15T08:00:00Z',
  firstSocialAt: null,
  firstHealthAt: null,
  plannedEndOn: null,
  endedAt: null,
  exitDestination: null,
};
const progress = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ImmediateReception {
  progress { stage overdue { term hoursOverdue } firstInterventionDueAt rule { version } } } } }`;
const adopt = `mutation ($clientKey: ID!, $input: AdoptImmediateReceptionRuleInput!) {
  adoptImmediateReceptionRule(clientKey: $clientKey, input: $input) { version validFrom validTo } }`;
const overview = `query ($district: District, $year: Int) { immediateReceptionOverview(district: $district, year: $year) {
  people { value } receptions { value } withinTwelveHours { value } medianHours { value }
  byExit { exitDestination people { value status } } } }`;
const newTerms = {
  adoptedOn: '2026-10-20',
  validFrom: '2026-11-01',
  firstInterventionHours: 48,
  firstInterventionFrom: 'DESK_CONTACT',
  maximumDays: 60,
};

describe('immediate reception at the table', () => {
  let protocols: Protocols;
  beforeAll(async () => {
    protocols = await startProtocols({ facts, now: () => new Date('2026-11-16T09:00:00Z') });
  });
  afterAll(() => protocols.close());

  const progressOf = async (reception: object, caller = {}) => {
    const { data, errors } = await protocols.ask(
      progress,
      { of: [reception] },
      { roles: ['case-worker'], ...caller },
    );
    const entities = data?.['_entities'] as { progress: unknown }[];
    return { progress: entities[0]?.progress, errors };
  };

  it('says where a reception stands by the founding terms, until others are adopted', async () => {
    expect(await progressOf(started)).toEqual({
      errors: undefined,
      progress: {
        stage: 'STARTED',
        overdue: [{ term: 'FIRST_INTERVENTION', hoursOverdue: 13 }],
        firstInterventionDueAt: '2026-11-15T20:00:00.000Z',
        rule: { version: 1 },
      },
    });
  });

  it('measures a reception by the terms in force when it began, not by later ones', async () => {
    const adopted = await protocols.ask(adopt, { clientKey: 'terms-0001', input: newTerms });
    expect(adopted.data).toEqual({
      adoptImmediateReceptionRule: { version: 2, validFrom: '2026-11-01', validTo: null },
    });
    expect((await progressOf(started)).progress).toMatchObject({
      overdue: [],
      rule: { version: 2 },
    });
    const before = { ...started, startedAt: '2026-10-31T22:59:00Z' };
    expect((await progressOf(before)).progress).toMatchObject({ rule: { version: 1 } });
    // Midnight in Italy.
    const after = { ...started, startedAt: '2026-10-31T23:00:00Z' };
    expect((await progressOf(after)).progress).toMatchObject({ rule: { version: 2 } });
  });

  it('rewrites no terms that were in force, and refuses those that are none', async () => {
    for (const input of [
      newTerms,
      { ...newTerms, validFrom: '2010-01-01' },
      { ...newTerms, validFrom: '2027-01-01', firstInterventionHours: 0 },
      { ...newTerms, validFrom: '2027-01-01', maximumDays: 1_000 },
    ]) {
      const { errors } = await protocols.ask(adopt, {
        clientKey: `bad-${JSON.stringify(input).length}-x`,
        input,
      });
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('is measured for whoever may see its district and was granted what it tells', async () => {
    expect((await progressOf(started, { districts: ['FIDENZA'] })).progress).not.toBeNull();
    expect(await progressOf(started, { districts: ['PARMA'] })).toMatchObject({ progress: null });
    expect(await progressOf(started, { categories: [] })).toMatchObject({
      progress: null,
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });

  it('has terms adopted by coordinators of the whole province only', async () => {
    const { errors } = await protocols.ask(
      adopt,
      { clientKey: 'terms-0002', input: { ...newTerms, validFrom: '2027-01-01' } },
      { districts: ['FIDENZA'] },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('is overviewed by protected figures alone, every way out named whether anybody took it', async () => {
    const { data } = await protocols.ask(overview, { district: 'FIDENZA', year: 2026 });
    expect(data).toMatchObject({
      immediateReceptionOverview: {
        people: { value: 0 },
        receptions: { value: 1 },
        withinTwelveHours: { value: 2 },
        medianHours: { value: 3 },
      },
    });
    // Matched above.
    const { byExit } = (
      data as never as {
        immediateReceptionOverview: {
          byExit: { exitDestination: string | null; people: object }[];
        };
      }
    ).immediateReceptionOverview;
    expect(byExit).toHaveLength(7);
    expect(byExit).toContainEqual({
      exitDestination: 'CAS',
      people: { value: 7, status: 'PERTURBED' },
    });
    // Not listed because too few are still there, which is not that nobody knows.
    expect(byExit).toContainEqual({
      exitDestination: null,
      people: { value: null, status: 'SUPPRESSED_PRIMARY' },
    });
    expect(asked.map(({ question }) => question)).toEqual([
      {
        fact: 'immediateReceptions',
        where: { district: 'FIDENZA' },
        period: { year: 2026 },
        groupBy: [],
      },
      {
        fact: 'immediateReceptions',
        where: { district: 'FIDENZA' },
        period: { year: 2026 },
        groupBy: ['exitDestination'],
      },
    ]);
  });
});
