import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cell } from '@tavolo/disclosure';
import { AnalysisError } from './analysis-error.ts';
import type { Coordinates, CubeAxes } from './cube.ts';
import type { LoadedFact, ProtectedFigures } from './protected-figures.ts';
import type { AnalysisCell, AnalysisTable, DimensionValue, Period } from './question.ts';
import type { Plan } from './read-question.ts';
import {
  indexOfPoint,
  levelOfPeriod,
  pointAt,
  pointsWithin,
  type TimeLevel,
  type TimePoint,
} from './time-level.ts';

export type Answer = Omit<AnalysisTable, 'state'>;

/** Figures protected before the event loop gets its turn. */
const figuresPerTurn = 500;

/** Lays out the cells of a question – which they are never depends on who is in them – and asks for their figures. */
export async function answerQuestion(
  figures: ProtectedFigures,
  load: LoadedFact,
  plan: Plan,
  maximumCells: number,
): Promise<Answer> {
  const { where, period, groupBy, groupTime } = plan;
  const axes: CubeAxes = {
    dimensions: [...new Set([...Object.keys(where), ...groupBy])].sort(),
    time: groupTime ?? (period === null ? null : levelOfPeriod(period)),
  };
  const totalAxes: CubeAxes = {
    dimensions: Object.keys(where),
    time: period === null ? null : levelOfPeriod(period),
  };
  const places = await layOut(figures, load, plan, maximumCells);
  const total: Coordinates = { values: where, time: pointOfPeriod(period) };

  const columns: ((at: Coordinates) => Cell)[] = [];
  const totals: Cell[] = [];
  for (const [index, figure] of plan.figures.entries()) {
    const sensitivity = plan.sensitivities[index] ?? 'SENSITIVE';
    columns.push(await figures.prepare(load, axes, figure, sensitivity));
    totals.push((await figures.prepare(load, totalAxes, figure, sensitivity))(total));
  }
  const cells: AnalysisCell[] = [];
  for (const place of places) {
    cells.push({
      key: keyOf(plan, place),
      figures: columns.map((figure) => figure(place)),
    });
    if ((cells.length * columns.length) % figuresPerTurn < columns.length) await nextTurn();
  }
  return { cells, total: totals };
}

function pointOfPeriod(period: Period | null): TimePoint | null {
  return period === null ? null : (pointsWithin(levelOfPeriod(period), period)[0] ?? null);
}

function keyOf(
  { groupBy, groupTime }: Plan,
  { values, time }: Coordinates,
): Readonly<Record<string, DimensionValue>> {
  const own = Object.fromEntries(groupBy.map((name) => [name, values[name] ?? null]));
  return groupTime === null || time === null ? own : { ...own, ...time };
}

async function layOut(
  figures: ProtectedFigures,
  load: LoadedFact,
  { shape, groupBy, groupTime, where, period }: Plan,
  maximumCells: number,
): Promise<readonly Coordinates[]> {
  const lists = await Promise.all(
    groupBy.map(async (name) =>
      name in where ? [where[name] ?? null] : valuesOf(figures, load, name),
    ),
  );
  const points =
    groupTime === null ? [pointOfPeriod(period)] : await pointsOf(figures, load, groupTime, period);
  const cells = lists.reduce((product, list) => product * list.length, points.length);
  if (cells > maximumCells) {
    throw new AnalysisError(
      'TOO_MANY_CELLS',
      `fact ${shape.fact.name}: the answer would have ${cells} cells, at most ${maximumCells} are given; group by less or filter`,
    );
  }
  let places: readonly Coordinates[] = points.map((time) => ({ values: where, time }));
  for (const [index, name] of groupBy.entries()) {
    places = places.flatMap(({ values, time }) =>
      (lists[index] ?? []).map((value) => ({ values: { ...values, [name]: value }, time })),
    );
  }
  return places;
}

/** Declared values are listed whoever has them; others, and the empty value, when they may be told of. */
async function valuesOf(
  figures: ProtectedFigures,
  load: LoadedFact,
  name: string,
): Promise<readonly DimensionValue[]> {
  const type = load.shape.dimensions.get(name)?.type;
  const listed = await figures.listed(load, { dimensions: [name], time: null });
  const found = listed.map(({ values }) => values[name] ?? null);
  const empty = found.includes(null) ? [null] : [];
  if (type?.kind === 'ENUM') return [...type.values, ...empty];
  if (type?.kind === 'BOOLEAN') return [true, false, ...empty];
  const values = found.filter((value) => value !== null);
  return [...values.sort((a, b) => (a < b ? -1 : 1)), ...empty];
}

/** Within a period all of its points; else from the first to the last that may be told of, without a gap. */
async function pointsOf(
  figures: ProtectedFigures,
  load: LoadedFact,
  level: TimeLevel,
  period: Period | null,
): Promise<readonly TimePoint[]> {
  if (period !== null) return pointsWithin(level, period);
  const listed = await figures.listed(load, { dimensions: [], time: level });
  const indexes = listed.flatMap(({ time }) => {
    const index = time && indexOfPoint(level, time);
    return index === null ? [] : [index];
  });
  const first = Math.min(...indexes);
  const count = indexes.length === 0 ? 0 : Math.max(...indexes) - first + 1;
  const points = Array.from({ length: Math.min(count, mostPoints) }, (_, at) =>
    pointAt(level, first + at),
  );
  const untold = listed.find(({ time }) => time?.year === null);
  return untold?.time ? [...points, untold.time] : points;
}

/** A mistyped year of many people must not make a list of centuries. */
const mostPoints = 1_200;
