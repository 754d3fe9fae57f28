import type { AnalysisQuestion, DimensionValue, FigureRequest } from '@tavolo/analysis';

export interface Asked {
  readonly question: AnalysisQuestion;
  readonly figures: readonly FigureRequest[];
}

const filters: readonly (readonly [string, readonly DimensionValue[]])[] = [
  ['district', ['PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO']],
  ['receptionType', ['CAS', 'SAI', 'HUB', 'LOW_THRESHOLD']],
  ['service', Array.from({ length: 7 }, (_, at) => `SERVICE_${at}`)],
  ['isMinor', [true, false]],
  ['isOpen', [true, false]],
  ['hasPlan', [true, false]],
  ['followedBy', [0, 1, 2, 3, 4]],
];
const people: FigureRequest = { kind: 'CONTRIBUTORS' };
const figureSets: readonly (readonly FigureRequest[])[] = [
  [people],
  [people, { kind: 'EVENTS' }],
  [people, { kind: 'MEAN', measure: 'hours' }],
  [people, { kind: 'QUANTILE', measure: 'hours', percent: 50 }],
  [people, { kind: 'WITHIN', measure: 'hours', limit: 'WITHIN_12' }],
];

/** What analysts may ask: a filter, a grouping and a year, in every combination of the dimensions, in a fixed disorder. */
export function questionMix(count: number): readonly Asked[] {
  const all = filters.flatMap(([filter, values]) =>
    values.flatMap((value) =>
      filters
        .filter(([group]) => group !== filter)
        .flatMap(([group]) =>
          [2021, 2022, 2023, 2024].flatMap((year) =>
            figureSets.map((figures) => ({
              question: {
                fact: 'events',
                where: { [filter]: value },
                groupBy: [group],
                period: { year },
              },
              figures,
            })),
          ),
        ),
    ),
  );
  // 7,919 is a prime that does not divide the number of questions: each comes once before any comes again.
  return Array.from({ length: count }, (_, at) => all[(at * 7_919) % all.length]).filter(
    (asked) => asked !== undefined,
  );
}
