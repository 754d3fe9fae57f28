import type { FactShape } from './fact-shape.ts';
import { periodColumns, quoted, recordKeyColumn } from './fact-sql.ts';
import type { DimensionValue } from './question.ts';
import type { TimeLevel, TimePoint } from './time-level.ts';

/**
 * Every figure is one cell of one of these: all cells of up to three dimensions (the period is one). What a caller
 * filters by only chooses among the cells, so no value of a caller ever reaches SQL, and a filter takes as long
 * whatever it hides.
 */
export interface CubeAxes {
  /** Names, in the order of the alphabet. */
  readonly dimensions: readonly string[];
  readonly time: TimeLevel | null;
}

export interface Coordinates {
  readonly values: Readonly<Record<string, DimensionValue>>;
  readonly time: TimePoint | null;
}

/** True figures: they never leave this package but through `Disclosure`. */
export interface CountCell {
  readonly count: number;
  readonly key: number;
  readonly events: number;
  readonly largest: number;
}

/** One value a contributor: the mean of its rows in the cell. */
export interface MeasureCell {
  readonly count: number;
  readonly key: number;
  readonly sum: number;
  /** Absolute values, largest first, five at most. */
  readonly largest: readonly number[];
  /** Quantiles at 0.05, 0.10 … 0.95. */
  readonly quantiles: readonly number[];
  readonly within: Readonly<Record<string, { readonly count: number; readonly key: number }>>;
}

export type Cube<Cell> = ReadonlyMap<string, { readonly at: Coordinates; readonly cell: Cell }>;

const columnsOfLevel: Readonly<Record<TimeLevel, readonly string[]>> = {
  year: [periodColumns.year],
  quarter: [periodColumns.year, periodColumns.quarter],
  month: [periodColumns.year, periodColumns.month],
};

const exact = 'DECIMAL(18, 6)';

/** Probabilities of the quantiles of a cell, every twentieth. */
export const quantileSteps = Array.from({ length: 19 }, (_, at) => (at + 1) / 20);

function axisColumns({ dimensions, time }: CubeAxes): readonly string[] {
  return [...dimensions.map(quoted), ...(time === null ? [] : columnsOfLevel[time])];
}

/** Sums of record keys are beyond any integer of DuckDB’s 64 bits; only their rest is the set’s key. */
const setKey = `(sum(k) % 4294967296)::DOUBLE`;

export function countCubeSql(table: string, axes: CubeAxes, maximumCells: number): string {
  const columns = axisColumns(axes);
  return `SELECT ${[...columns, 'count(*)::DOUBLE AS count', `${setKey} AS key`, 'sum(n)::DOUBLE AS events', 'max(n)::DOUBLE AS largest'].join(', ')}
    FROM (SELECT ${[...columns, `${recordKeyColumn} AS k`, 'count(*) AS n'].join(', ')} FROM ${quoted(table)} GROUP BY ALL)
    ${columns.length === 0 ? 'HAVING count(*) > 0' : 'GROUP BY ALL'} LIMIT ${maximumCells + 1}`;
}

export function measureCubeSql(
  table: string,
  axes: CubeAxes,
  { measures }: FactShape,
  measure: string,
  maximumCells: number,
): string {
  const columns = axisColumns(axes);
  const limits = Object.values(measures.get(measure)?.limits ?? {}).flatMap((limit, at) => {
    const filter = `FILTER (v <= ${limit})`;
    return [
      `(count(*) ${filter})::DOUBLE AS within_${at}`,
      `(coalesce(sum(k) ${filter}, 0) % 4294967296)::DOUBLE AS within_key_${at}`,
    ];
  });
  const figures = [
    'count(*)::DOUBLE AS count',
    `${setKey} AS key`,
    'sum(v)::DOUBLE AS sum',
    'max(abs(v), 5)::DOUBLE[] AS largest',
    `quantile_cont(v::DOUBLE, [${quantileSteps.join(', ')}]) AS quantiles`,
    ...limits,
  ];
  const value = quoted(measure);
  // Exact decimals: a sum of floats depends on which thread came first, and one set must have one figure.
  const mean = `(sum(${value}::${exact}) / count(*))::${exact}`;
  return `SELECT ${[...columns, ...figures].join(', ')}
    FROM (SELECT ${[...columns, `${recordKeyColumn} AS k`, `${mean} AS v`].join(', ')}
      FROM ${quoted(table)} WHERE ${value} IS NOT NULL GROUP BY ALL)
    ${columns.length === 0 ? 'HAVING count(*) > 0' : 'GROUP BY ALL'} LIMIT ${maximumCells + 1}`;
}

type SqlRow = Readonly<Record<string, unknown>>;

export function countCellOf(row: SqlRow): CountCell {
  return {
    count: Number(row['count']),
    key: Number(row['key']),
    events: Number(row['events']),
    largest: Number(row['largest']),
  };
}

export function measureCellOf(row: SqlRow, limits: readonly string[]): MeasureCell {
  return {
    count: Number(row['count']),
    key: Number(row['key']),
    sum: Number(row['sum']),
    largest: numbers(row['largest']),
    quantiles: numbers(row['quantiles']),
    within: Object.fromEntries(
      limits.map((limit, at) => [
        limit,
        { count: Number(row[`within_${at}`]), key: Number(row[`within_key_${at}`]) },
      ]),
    ),
  };
}

function numbers(list: unknown): readonly number[] {
  return Array.isArray(list) ? list.map(Number) : [];
}

export function coordinatesOf(row: SqlRow, { dimensions, time }: CubeAxes): Coordinates {
  return {
    values: Object.fromEntries(dimensions.map((name) => [name, dimensionValue(row[name])])),
    time: time === null ? null : timeOf(row, time),
  };
}

function dimensionValue(value: unknown): DimensionValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : null;
}

function timeOf(row: SqlRow, level: TimeLevel): TimePoint {
  const part = (name: string) => (typeof row[name] === 'number' ? row[name] : null);
  const year = part(periodColumns.year);
  if (level === 'quarter') return { year, quarter: part(periodColumns.quarter) };
  return level === 'month' ? { year, month: part(periodColumns.month) } : { year };
}

/** Where a cell lies in its cube, as text: values of different types never meet. */
export function cellKey({ dimensions }: CubeAxes, { values, time }: Coordinates): string {
  return JSON.stringify([
    ...dimensions.map((name) => values[name] ?? null),
    time && [time.year, time.quarter ?? null, time.month ?? null],
  ]);
}
