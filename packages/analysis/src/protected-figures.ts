import {
  type Cell,
  type Contributors,
  type Disclosure,
  type FigureRules,
  type QuantilePercent,
  quantileGrid,
  type Sensitivity,
} from '@tavolo/disclosure';
import { type Coordinates, type CubeAxes, cellKey, quantileSteps } from './cube.ts';
import type { Cubes } from './cubes.ts';
import type { FactShape } from './fact-shape.ts';
import type { FigureRequest } from './question.ts';

/** The only module that holds true figures and `Disclosure` at once: what it gives are cells, and nothing else. */
export interface ProtectedFigures {
  /** One figure of many cells of one cube. */
  prepare(
    load: LoadedFact,
    axes: CubeAxes,
    figure: FigureRequest,
    sensitivity: Sensitivity,
  ): Promise<(at: Coordinates) => Cell>;
  /**
   * Values of one dimension, or points of time, that some figure alone may tell of: of words that are declared
   * nowhere, and of years, the mere name in a list says that somebody is there.
   */
  listed(load: LoadedFact, axes: CubeAxes): Promise<readonly Coordinates[]>;
}

export interface LoadedFact {
  readonly shape: FactShape;
  readonly version: number;
}

const nobody: Contributors = { count: 0, key: 0 };

export function createProtectedFigures(
  cubes: Cubes,
  disclosure: Disclosure,
  ownerThresholds: Readonly<Record<string, number>>,
): ProtectedFigures {
  const rulesOf = ({ fact }: FactShape, sensitivity: Sensitivity): FigureRules => {
    const thresholds = fact.owners.map((owner) => ownerThresholds[owner] ?? 0);
    return {
      sensitivity: fact.isSensitive === true ? 'SENSITIVE' : sensitivity,
      ownerThreshold: Math.max(0, ...thresholds),
    };
  };

  return {
    async prepare({ shape, version }, axes, figure, sensitivity) {
      const rules = rulesOf(shape, sensitivity);
      switch (figure.kind) {
        case 'CONTRIBUTORS': {
          const cube = await cubes.counts(shape, version, axes);
          return (at) =>
            disclosure.contributors(cube.get(cellKey(axes, at))?.cell ?? nobody, rules);
        }
        case 'EVENTS': {
          const cube = await cubes.counts(shape, version, axes);
          return (at) => {
            const cell = cube.get(cellKey(axes, at))?.cell;
            return disclosure.events(
              cell ?? nobody,
              { events: cell?.events ?? 0, largest: cell?.largest ?? 0 },
              rules,
            );
          };
        }
        case 'SHARE': {
          const partAxes: CubeAxes = {
            dimensions: [...new Set([...axes.dimensions, ...Object.keys(figure.of)])].sort(),
            time: axes.time,
          };
          const [wholes, parts] = await Promise.all([
            cubes.counts(shape, version, axes),
            cubes.counts(shape, version, partAxes),
          ]);
          return (at) => {
            const whole = wholes.get(cellKey(axes, at))?.cell ?? nobody;
            // Two values of one dimension are nobody's at once, in one row.
            const isApart = Object.entries(figure.of).some(
              ([name, value]) => name in at.values && at.values[name] !== value,
            );
            const partAt = { values: { ...at.values, ...figure.of }, time: at.time };
            const part = isApart ? nobody : parts.get(cellKey(partAxes, partAt))?.cell;
            return disclosure.share(part ?? nobody, whole, rules);
          };
        }
        default: {
          const cube = await cubes.measures(shape, version, axes, figure.measure);
          const step = shape.measures.get(figure.measure)?.step ?? 1;
          return (at) => {
            const cell = cube.get(cellKey(axes, at))?.cell;
            const whole = cell ?? nobody;
            if (figure.kind === 'WITHIN') {
              return disclosure.share(cell?.within[figure.limit] ?? nobody, whole, rules);
            }
            if (figure.kind === 'MEAN') {
              const { sum = 0, largest = [] } = cell ?? {};
              return disclosure.mean(whole, { sum, largest, step }, rules);
            }
            // `readQuestion` let only these through.
            const percent = figure.percent as QuantilePercent;
            const around = quantileGrid(percent).map(
              (p) => cell?.quantiles[quantileSteps.indexOf(p)] ?? 0,
            );
            return disclosure.quantile(whole, { percent, around, step }, rules);
          };
        }
      }
    },
    async listed({ shape, version }, axes) {
      const isSensitive = axes.dimensions.some(
        (name) => shape.dimensions.get(name)?.isSensitive === true,
      );
      const rules = rulesOf(shape, isSensitive ? 'SENSITIVE' : 'ORDINARY');
      const cube = await cubes.counts(shape, version, axes);
      return [...cube.values()].flatMap(({ at, cell }) =>
        disclosure.contributors(cell, rules).value === null ? [] : [at],
      );
    },
  };
}
