import { MAXIMUM_DIMENSIONS, quantilePercents, type Sensitivity } from '@tavolo/disclosure';
import { AnalysisError } from './analysis-error.ts';
import type { FactShape, ShapedDimension } from './fact-shape.ts';
import type { AnalysisQuestion, DimensionValue, FigureRequest, Period } from './question.ts';
import { finestLevel, isTimeLevel, levelOfPeriod, type TimeLevel } from './time-level.ts';

/** A question that may be asked, in the one form that all questions with the same answer share. */
export interface Plan {
  readonly shape: FactShape;
  readonly groupBy: readonly string[];
  /** How finely the cells cut time; null = not grouped by time. */
  readonly groupTime: TimeLevel | null;
  readonly where: Readonly<Record<string, DimensionValue>>;
  readonly period: Period | null;
  readonly figures: readonly FigureRequest[];
  /** Of each figure: a sensitive dimension or measure anywhere in it makes it so. */
  readonly sensitivities: readonly Sensitivity[];
}

const maximumFigures = 20;
const longestText = 200;

/** Refuses what may not be asked; the message names the field, never what was in it. */
export function readQuestion(
  shape: FactShape,
  question: AnalysisQuestion,
  figures: readonly FigureRequest[],
): Plan {
  const { fact } = shape;
  const refuse = (code: AnalysisError['code'], what: string): never => {
    throw new AnalysisError(code, `fact ${fact.name}: ${what}`);
  };
  const dimension = (name: string, field: string): ShapedDimension =>
    shape.dimensions.get(name) ??
    refuse(
      'UNKNOWN_DIMENSION',
      `${field} names no dimension of it; it has ${[...shape.dimensions.keys()].join(', ') || 'none'}`,
    );
  const readValues = (values: Readonly<Record<string, DimensionValue>>, field: string) => {
    for (const [name, value] of Object.entries(values)) {
      if (!isOfDimension(value, dimension(name, field))) {
        refuse('WRONG_VALUE', `${field}.${name} is not one of its values`);
      }
    }
    return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
  };

  const where = readValues(question.where, 'where');
  const levels = question.groupBy.filter(isTimeLevel);
  const groupBy = question.groupBy.filter((name) => !isTimeLevel(name));
  for (const name of groupBy) dimension(name, 'groupBy');
  if (new Set(question.groupBy).size < question.groupBy.length) {
    refuse('UNKNOWN_DIMENSION', 'groupBy names a dimension twice');
  }
  const { period } = question;
  if (period !== null && !isPeriod(period)) {
    refuse('WRONG_PERIOD', 'period must be a year, or one quarter (1-4) or month (1-12) of it');
  }
  if (fact.periodColumn === null && (period !== null || levels.length > 0)) {
    refuse('WRONG_PERIOD', 'its rows have no time: no period, year, quarter or month');
  }
  const time = finestLevel([...levels, ...(period === null ? [] : [levelOfPeriod(period)])]);

  if (figures.length > maximumFigures) {
    refuse('TOO_MANY_FIGURES', `at most ${maximumFigures} figures in one question`);
  }
  const base = new Set([...Object.keys(where), ...groupBy]);
  const readFigure = (figure: FigureRequest): { figure: FigureRequest; isSensitive: boolean } => {
    const used = new Set(base);
    let isSensitive = false;
    let read = figure;
    if (figure.kind === 'SHARE') {
      read = { kind: 'SHARE', of: readValues(figure.of, 'share') };
      for (const name of Object.keys(figure.of)) used.add(name);
    } else if (figure.kind !== 'CONTRIBUTORS' && figure.kind !== 'EVENTS') {
      const measure =
        shape.measures.get(figure.measure) ??
        refuse(
          'UNKNOWN_MEASURE',
          `there is no such measure; it has ${[...shape.measures.keys()].join(', ') || 'none'}`,
        );
      isSensitive = measure.isSensitive;
      if (figure.kind === 'WITHIN' && !Object.hasOwn(measure.limits, figure.limit)) {
        const known = Object.keys(measure.limits).join(', ') || 'none';
        refuse('UNKNOWN_LIMIT', `${measure.column} has no such limit; it has ${known}`);
      }
      if (figure.kind === 'QUANTILE' && !quantilePercents.some((p) => p === figure.percent)) {
        refuse('UNKNOWN_LIMIT', `a quantile is one of ${quantilePercents.join(', ')}`);
      }
    }
    requireFew(used);
    return { figure: read, isSensitive: isSensitive || areSensitive(used) };
  };
  const areSensitive = (names: ReadonlySet<string>) =>
    [...names].some((name) => shape.dimensions.get(name)?.isSensitive === true);
  const requireFew = (names: ReadonlySet<string>) => {
    const together = names.size + (time === null ? 0 : 1);
    if (together > MAXIMUM_DIMENSIONS) {
      refuse(
        'TOO_MANY_DIMENSIONS',
        `at most ${MAXIMUM_DIMENSIONS} dimensions count in one figure (groupBy, where, share and the period together)`,
      );
    }
    const oneWay = [...names].find((name) => shape.dimensions.get(name)?.isOneWay === true);
    if (oneWay !== undefined && (names.size > 1 || (time !== null && time !== 'year'))) {
      refuse(
        'ONE_WAY_DIMENSION',
        `${oneWay} goes alone or with a year, never with another dimension, quarter or month`,
      );
    }
  };
  requireFew(base);
  const read = figures.map(readFigure);

  return {
    shape,
    groupBy,
    groupTime: levels.length === 0 ? null : time,
    where,
    period: period && samePeriod(period),
    figures: read.map(({ figure }) => figure),
    sensitivities: read.map(({ isSensitive }) => (isSensitive ? 'SENSITIVE' : 'ORDINARY')),
  };
}

/** Without keys that say nothing, so that the same period is written in one way. */
function samePeriod({ year, quarter, month }: Period): Period {
  return {
    year,
    ...(quarter === undefined ? {} : { quarter }),
    ...(month === undefined ? {} : { month }),
  };
}

function isPeriod({ year, quarter, month }: Period): boolean {
  const isOneOf = (value: number | undefined, most: number) =>
    value === undefined || (Number.isInteger(value) && value >= 1 && value <= most);
  return (
    Number.isInteger(year) &&
    year >= 1900 &&
    year <= 2200 &&
    isOneOf(quarter, 4) &&
    isOneOf(month, 12) &&
    (quarter === undefined || month === undefined)
  );
}

function isOfDimension(value: DimensionValue, { type }: ShapedDimension): boolean {
  if (value === null) return true;
  switch (type.kind) {
    case 'BOOLEAN':
      return typeof value === 'boolean';
    case 'INTEGER':
      return Number.isInteger(value);
    case 'ENUM':
      return typeof value === 'string' && type.values.includes(value);
    default:
      return typeof value === 'string' && value.length <= longestText;
  }
}
