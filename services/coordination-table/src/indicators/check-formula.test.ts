import type { Fact } from '@tavolo/facts';
import { describe, expect, it } from 'vitest';
import { checkFormula } from './check-formula.ts';
import { type IndicatorDefinition, indicatorDefinition } from './definition.ts';

const fact: Fact = {
  name: 'stays',
  description: 'Stays (accoglienze).',
  eventName: 'stays',
  unit: 'PERSON',
  document: '',
  operationName: 'FactStays',
  documentHash: 'a'.repeat(64),
  pagePath: [],
  pageInfoPath: [],
  rowPath: [],
  unitPath: { each: 'ROW', path: [] },
  columns: [
    column('district', { kind: 'ENUM', graphqlType: 'District', values: ['PARMA'] }),
    column('hasEnded', { kind: 'BOOLEAN' }),
    column('exitReason', { kind: 'TEXT' }),
    column('lengthInDays', { kind: 'INTEGER' }),
  ],
  dimensions: ['district', 'hasEnded', 'exitReason'].map((name) => ({
    column: name,
    description: name,
    isSensitive: false,
    isOneWay: false,
  })),
  measures: [
    {
      column: 'lengthInDays',
      description: 'Days (giorni).',
      unit: 'DAYS',
      step: 5,
      limits: { WITHIN_90_DAYS: 90 },
      isSensitive: false,
    },
  ],
  periodColumn: 'entryOn',
  owners: [],
  categories: [],
};

function column(name: string, type: Fact['columns'][number]['type']): Fact['columns'][number] {
  return { name, type, from: { kind: 'PATH', each: 'ROW', path: [name] } };
}

function indicator(changes: object): IndicatorDefinition {
  return indicatorDefinition.parse({
    id: 'some-indicator',
    version: 1,
    validFrom: '2011-01-01',
    title: { it: 'Titolo', en: 'Title' },
    definition: { it: 'Definizione', en: 'Definition' },
    sourceText: 'testo',
    owner: 'coordination-table',
    unit: 'SHARE',
    direction: 'NEUTRAL',
    target: null,
    period: 'YEAR',
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

describe('a formula against the facts there are', () => {
  it('may ask for what the fact declares', () => {
    const fine = [
      figure(),
      figure({ where: { hasEnded: true }, figure: { kind: 'MEAN', measure: 'lengthInDays' } }),
      figure({ figure: { kind: 'WITHIN', measure: 'lengthInDays', limit: 'WITHIN_90_DAYS' } }),
      figure({ figure: { kind: 'QUANTILE', measure: 'lengthInDays', percent: 50 } }),
    ];
    for (const formula of fine) expect(checkFormula(indicator({ formula }), [fact])).toEqual([]);
  });

  it.each([
    ['a fact there is none of', figure({ fact: 'dreams' }), /fact: there is no fact dreams/u],
    [
      'a dimension it has not',
      figure({ where: { colour: 'red' } }),
      /where: .*no dimension colour/u,
    ],
    ['a value it cannot have', figure({ where: { hasEnded: 'yes' } }), /where\.hasEnded: not one/u],
    ['an area that is no dimension', figure({ areaDimension: 'city' }), /areaDimension: .* city/u],
    [
      'a measure it has not',
      figure({ figure: { kind: 'MEAN', measure: 'height' } }),
      /figure\.measure: .*no measure height/u,
    ],
    [
      'a limit nobody declared',
      figure({ figure: { kind: 'WITHIN', measure: 'lengthInDays', limit: 'WITHIN_89_DAYS' } }),
      /figure\.limit/u,
    ],
    [
      'a quantile nobody may ask for',
      figure({ figure: { kind: 'QUANTILE', measure: 'lengthInDays', percent: 49 } }),
      /figure\.percent/u,
    ],
    [
      'a share of a dimension it has not',
      figure({ figure: { kind: 'SHARE', of: { colour: 'red' } } }),
      /figure\.of: .*colour/u,
    ],
    [
      'more dimensions than one figure may count',
      figure({ where: { hasEnded: true }, figure: { kind: 'SHARE', of: { exitReason: 'END' } } }),
      /4 dimensions count together/u,
    ],
  ])('is refused for %s, with the indicator and the field', (_what, formula, problem) => {
    const problems = checkFormula(indicator({ formula }), [fact]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^some-indicator: formula\./u);
    expect(problems[0]).toMatch(problem);
  });

  it('is refused by year when the fact has no time', () => {
    const timeless = { ...fact, periodColumn: null };
    expect(checkFormula(indicator({ formula: figure() }), [timeless])[0]).toMatch(/ALL_TIME/u);
    const allTime = indicator({ period: 'ALL_TIME', formula: figure() });
    expect(checkFormula(allTime, [timeless])).toEqual([]);
  });

  it('is checked in both figures of a combination and in each fact of the municipalities', () => {
    const combination = {
      kind: 'COMBINATION',
      combination: 'RATIO',
      first: figure({ fact: 'a' }),
      second: figure({ fact: 'b' }),
    };
    expect(checkFormula(indicator({ formula: combination }), [fact])).toHaveLength(2);
    const municipalities = {
      kind: 'MUNICIPALITIES',
      facts: [{ fact: 'stays', dimension: 'city' }],
    };
    expect(checkFormula(indicator({ formula: municipalities }), [fact])).toHaveLength(1);
  });
});
