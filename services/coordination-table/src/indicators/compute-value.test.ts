import type { FigureArea } from '@tavolo/yearly-report';
import { describe, expect, it } from 'vitest';
import { computeValue } from './compute-value.ts';
import {
  type IndicatorDefinition,
  type IndicatorFormula,
  indicatorDefinition,
} from './definition.ts';
import { createFakeFacts, type FakeFacts, perturbed, suppressed } from './fact-store.fixture.ts';
import type { RegisterYear } from './register-year.ts';

const register: RegisterYear = {
  activity: {
    year: 2025,
    asOf: '2025-12-31',
    meetings: [
      { level: 'POLITICAL', planned: 1, held: 2, cancelled: 0 },
      { level: 'ORGANISATIONAL', planned: 0, held: 3, cancelled: 1 },
    ],
    participation: [
      {
        seatId: 's1',
        organisation: 'ciac',
        name: 'Ciac',
        invited: 5,
        attended: 5,
        notRecorded: 0,
        rate: 1,
      },
      {
        seatId: 's2',
        organisation: 'ausl',
        name: 'AUSL',
        invited: 5,
        attended: 3,
        notRecorded: 1,
        rate: 0.6,
      },
    ],
    participationRate: 0.8,
    protocolsSigned: 1,
    protocolsInForce: 3,
    criteriaAdopted: [{ service: 'RESIDENCE', adopted: 2 }],
    municipalitiesWithProtocol: ['034027', '034032'],
  },
  outsideRotation: 0,
  municipalitiesWithDomicile: ['034027'],
  territorialReports: [
    { id: 'r', district: 'FIDENZA', year: 2025, title: 'Bisogni', registeredOn: '2025-10-02' },
  ],
  dataHash: 'f'.repeat(64),
};
const nobodyInvited = {
  ...register,
  activity: { ...register.activity, participation: [], participationRate: null },
};

function definition(
  formula: object,
  changes: Partial<IndicatorDefinition> = {},
): IndicatorDefinition {
  return indicatorDefinition.parse({
    id: 'i',
    version: 3,
    validFrom: '2015-01-01',
    title: { it: 'a', en: 'a' },
    definition: { it: 'a', en: 'a' },
    sourceText: 'a',
    owner: 'a',
    unit: 'SHARE',
    direction: 'NEUTRAL',
    target: null,
    period: 'YEAR',
    formula,
    ...changes,
  });
}

const figure = (changes: object = {}) => ({
  kind: 'FIGURE',
  fact: 'stays',
  figure: { kind: 'EVENTS' },
  areaDimension: 'district',
  ...changes,
});
const ratio: IndicatorFormula = {
  kind: 'COMBINATION',
  combination: 'RATIO',
  first: { kind: 'REGISTER', measure: 'ATTENDANCES' },
  second: { kind: 'REGISTER', measure: 'INVITATIONS' },
};

function compute(
  facts: FakeFacts,
  of: IndicatorDefinition,
  area: FigureArea = 'PROVINCE',
  year = 2025,
  from: RegisterYear = register,
) {
  const now = () => new Date('2026-01-12T09:00:00Z');
  const sources = { facts: facts.store, register: () => Promise.resolve(from), now };
  return computeValue(sources, of, area, year);
}

describe('the value of an indicator', () => {
  it('is the fact’s protected figure of that year and district, with its lineage', async () => {
    const facts = createFakeFacts();
    facts.answer = ({ where }) => (where['district'] === 'FIDENZA' ? perturbed(12) : perturbed(41));
    const value = await compute(facts, definition(figure()), 'FIDENZA');
    expect(facts.asked).toEqual([
      { fact: 'stays', where: { district: 'FIDENZA' }, groupBy: [], period: { year: 2025 } },
    ]);
    expect(value).toMatchObject({
      cell: { value: 12, status: 'PERTURBED' },
      reason: null,
      sources: [{ subgraph: 'reception-centres', completeness: 0.97 }],
      linkage: { precision: { low: 0.98 } },
      lineage: [{ part: 'figure', fact: 'stays', factDocumentHash: 'a'.repeat(64) }],
    });
  });

  it('has the same question hash for the same question and another for every other', async () => {
    const facts = createFakeFacts();
    const hashOf = async (formula: object, area: FigureArea = 'PROVINCE', year = 2025) =>
      (await compute(facts, definition(formula), area, year)).lineage[0]?.questionHash;
    const hashes = [
      await hashOf(figure()),
      await hashOf(figure({ where: { hasEnded: true } })),
      await hashOf(figure({ figure: { kind: 'CONTRIBUTORS' } })),
      await hashOf(figure(), 'PARMA'),
      await hashOf(figure(), 'PROVINCE', 2024),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(await hashOf(figure())).toBe(hashes[0]);
  });

  it('asks for no year when it counts everything so far', async () => {
    const facts = createFakeFacts();
    const value = await compute(facts, definition(figure(), { period: 'ALL_TIME' }));
    expect(facts.asked[0]?.period).toBe(null);
    expect(value.year).toBe(null);
  });

  it('of the register is exact, and says where it is not told by district', async () => {
    const facts = createFakeFacts();
    const meetings = definition({ kind: 'REGISTER', measure: 'MEETINGS_HELD' });
    expect((await compute(facts, meetings)).cell).toMatchObject({ value: 5, status: 'PUBLISHED' });
    expect(await compute(facts, meetings, 'PARMA')).toMatchObject({
      cell: { value: null, status: 'NOT_AVAILABLE' },
      reason: 'NOT_BY_DISTRICT',
    });
    const reports = definition({ kind: 'REGISTER', measure: 'TERRITORIAL_REPORTS' });
    expect((await compute(facts, reports, 'FIDENZA')).cell.value).toBe(1);
    expect((await compute(facts, reports, 'PARMA')).cell.value).toBe(0);
  });

  it('made of two says what both are, and is not available when there is nothing to divide by', async () => {
    const facts = createFakeFacts();
    expect(await compute(facts, definition(ratio))).toMatchObject({
      cell: { value: 0.8, display: '80%', status: 'PUBLISHED' },
      combination: { kind: 'RATIO', first: { value: 8 }, second: { value: 10 } },
      lineage: [{ part: 'first' }, { part: 'second' }],
    });
    expect(await compute(facts, definition(ratio), 'PROVINCE', 2025, nobodyInvited)).toMatchObject({
      cell: { value: null, status: 'NOT_AVAILABLE' },
      reason: 'DIVISION_BY_NOTHING',
    });
  });

  it('is withheld when a figure it is made of is', async () => {
    const facts = createFakeFacts();
    facts.answer = ({ where }) => (where['cameThrough'] === true ? suppressed : perturbed(300));
    const formula = {
      kind: 'COMBINATION',
      combination: 'ONE_MINUS_RATIO',
      first: figure({ where: { cameThrough: true } }),
      second: figure({ where: { cameThrough: false } }),
    };
    expect(await compute(facts, definition(formula))).toMatchObject({
      cell: { value: null, lower: null, upper: null, status: 'SUPPRESSED_SECONDARY' },
      reason: 'PART_WITHHELD',
    });
  });

  it('says why there is none: too few, never loaded, too busy, before its definition', async () => {
    const facts = createFakeFacts();
    facts.answer = () => suppressed;
    const of = definition(figure());
    expect((await compute(facts, of)).reason).toBe('TOO_FEW_CONTRIBUTORS');
    facts.data = null;
    expect((await compute(facts, of)).reason).toBe('NEVER_LOADED');
    facts.isBusy = true;
    expect((await compute(facts, of)).reason).toBe('SOURCE_UNAVAILABLE');
    const asked = facts.asked.length;
    expect((await compute(facts, of, 'PROVINCE', 2014)).reason).toBe('BEFORE_DEFINITION');
    expect(facts.asked.length).toBe(asked);
  });

  it('says that a source cannot be asked before anything else, in every kind of formula', async () => {
    const facts = createFakeFacts();
    facts.isBusy = true;
    const formulas = [
      figure(),
      { ...ratio, first: figure(), second: { kind: 'REGISTER', measure: 'INVITATIONS' } },
      { kind: 'MUNICIPALITIES', facts: [{ fact: 'stays', dimension: 'municipality' }] },
    ];
    for (const formula of formulas) {
      const { reason, cell } = await compute(facts, definition(formula));
      expect(reason).toBe('SOURCE_UNAVAILABLE');
      expect(cell.status).toBe('NOT_AVAILABLE');
    }
  });

  it('counts municipalities by acts and by published figures only, and says it is a lower bound', async () => {
    const facts = createFakeFacts();
    const of = definition(
      { kind: 'MUNICIPALITIES', facts: [{ fact: 'stays', dimension: 'municipality' }] },
      { unit: 'COUNT' },
    );
    // 034027 and 034032 by acts, 034014 by its published figure; 034032 has a withheld one.
    expect((await compute(facts, of)).cell).toMatchObject({ value: 3, lower: 3, upper: 44 });
    expect((await compute(facts, of, 'FIDENZA')).cell).toMatchObject({ value: 2, upper: 11 });
    facts.answer = () => suppressed;
    expect((await compute(facts, of)).cell.value).toBe(2);
  });
});
