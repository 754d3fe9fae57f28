import type { Fact } from './fact.ts';
import { toPascalCase, toUpperSnake } from './fact-names.ts';

/** What the parts of one fact are called in the analysis' GraphQL; the SDL and its resolvers agree by it. */
export interface AnalysisNames {
  /** Field of `Analysis`. */
  readonly field: string;
  readonly table: string;
  readonly cell: string;
  readonly filter: string;
  readonly comparison: string;
  readonly dimensionEnum: string;
  /** Values of `dimensionEnum` → what `AnalysisQuestion.groupBy` calls it. */
  readonly groupBy: Readonly<Record<string, string>>;
  /** Field with the number of contributors: `people` or `households`. */
  readonly contributors: 'people' | 'households';
  /** Field with the number of events; null = each contributor has one row. */
  readonly events: string | null;
  /** By the column measured. */
  readonly measures: Readonly<Record<string, MeasureNames>>;
}

export interface MeasureNames {
  /** Field of the cell. */
  readonly field: string;
  readonly figures: string;
  /** Null = no limits, and no field `within`. */
  readonly limitEnum: string | null;
}

/** Levels of time, as `AnalysisQuestion.groupBy` calls them. */
export const timeLevels = ['year', 'quarter', 'month'] as const;

/** Quantiles that may be asked for, by the values of `AnalysisPercentile`. */
export const percentiles = { P10: 10, P25: 25, P50: 50, P75: 75, P90: 90 } as const;

export function analysisNames(fact: Fact): AnalysisNames {
  const type = toPascalCase(fact.name);
  const contributors = fact.unit === 'PERSON' ? 'people' : 'households';
  const levels = fact.periodColumn === null ? [] : timeLevels;
  const grouped = [...fact.dimensions.map(({ column }) => column), ...levels];
  return {
    field: fact.name,
    table: `${type}Table`,
    cell: `${type}Cell`,
    filter: `${type}Filter`,
    comparison: `${type}Comparison`,
    dimensionEnum: `${type}Dimension`,
    groupBy: Object.fromEntries(grouped.map((name) => [toUpperSnake(name), name])),
    contributors,
    events: fact.eventName === contributors ? null : fact.eventName,
    measures: Object.fromEntries(
      fact.measures.map(({ column, limits }) => {
        const name = `${type}${toPascalCase(column)}`;
        const limitEnum = Object.keys(limits).length > 0 ? `${name}Limit` : null;
        return [column, { field: column, figures: `${name}Figures`, limitEnum }];
      }),
    ),
  };
}

/** Every type the analysis defines for one fact. */
export function analysisTypeNames(fact: Fact): readonly string[] {
  const { table, cell, filter, comparison, dimensionEnum, measures } = analysisNames(fact);
  return [
    ...[table, cell, filter, comparison, dimensionEnum],
    ...Object.values(measures).flatMap(({ figures, limitEnum }) =>
      limitEnum === null ? [figures] : [figures, limitEnum],
    ),
  ];
}
