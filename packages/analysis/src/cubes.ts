import { AnalysisError } from './analysis-error.ts';
import {
  type CountCell,
  type Cube,
  type CubeAxes,
  cellKey,
  coordinatesOf,
  countCellOf,
  countCubeSql,
  type MeasureCell,
  measureCellOf,
  measureCubeSql,
} from './cube.ts';
import type { FactDatabase } from './fact-database.ts';
import type { FactShape } from './fact-shape.ts';
import { tableOfVersion } from './fact-sql.ts';
import { createSharedCache } from './shared-cache.ts';

/** The cubes of one load of a fact, computed at the first need and kept while there is room. */
export interface Cubes {
  counts(shape: FactShape, version: number, axes: CubeAxes): Promise<Cube<CountCell>>;
  measures(
    shape: FactShape,
    version: number,
    axes: CubeAxes,
    measure: string,
  ): Promise<Cube<MeasureCell>>;
}

export interface CubeLimits {
  /** Cells of one cube that hold anybody; a finer one is refused. */
  readonly cellsPerCube: number;
  /** Cells of all cubes kept. */
  readonly cellsKept: number;
}

export function createCubes(database: FactDatabase, limits: CubeLimits): Cubes {
  // A cell of a measure holds some forty numbers, one of counts four.
  const kept = createSharedCache<Cube<CountCell> | Cube<MeasureCell>>({
    maximumSize: limits.cellsKept,
    sizeOf: (cube) => 1 + cube.size,
  });

  const compute = async <Cell>(
    { fact }: FactShape,
    axes: CubeAxes,
    sql: string,
    cellOf: (row: Readonly<Record<string, unknown>>) => Cell,
  ): Promise<Cube<Cell>> => {
    const rows = await database.read(sql);
    if (rows.length > limits.cellsPerCube) {
      throw new AnalysisError(
        'TOO_MANY_CELLS',
        `fact ${fact.name}: ${[...axes.dimensions, ...(axes.time ? [axes.time] : [])].join(', ')} together make more than ${limits.cellsPerCube} cells; ask for fewer dimensions or a coarser period`,
      );
    }
    return new Map(
      rows.map((row) => {
        const at = coordinatesOf(row, axes);
        return [cellKey(axes, at), { at, cell: cellOf(row) }];
      }),
    );
  };

  return {
    counts: (shape, version, axes) =>
      // One cache for both kinds; the name tells which is which.
      kept.get(nameOf(shape, version, axes, null), () => {
        const table = tableOfVersion(shape.fact.name, version);
        return compute(shape, axes, countCubeSql(table, axes, limits.cellsPerCube), countCellOf);
      }) as Promise<Cube<CountCell>>,
    measures: (shape, version, axes, measure) =>
      kept.get(nameOf(shape, version, axes, measure), () => {
        const table = tableOfVersion(shape.fact.name, version);
        const names = Object.keys(shape.measures.get(measure)?.limits ?? {});
        const sql = measureCubeSql(table, axes, shape, measure, limits.cellsPerCube);
        return compute(shape, axes, sql, (row) => measureCellOf(row, names));
        // As above.
      }) as Promise<Cube<MeasureCell>>,
  };
}

function nameOf(
  { fact }: FactShape,
  version: number,
  { dimensions, time }: CubeAxes,
  measure: string | null,
): string {
  return JSON.stringify([fact.name, version, dimensions, time, measure]);
}
