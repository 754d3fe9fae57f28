import { perturbationTable } from '../perturbation-table.ts';
import type { TableCell } from './tables.fixture.ts';

/** A suppressed cell next to its margin and its published siblings: ±1 category, ±1 period, the complement. */
export interface Difference {
  readonly hidden: TableCell;
  /** The margin's figure less those of the siblings: the best guess of what is hidden. */
  readonly guess: number;
  /** What of the hidden count remains possible by the bounds of the figures subtracted. */
  readonly lower: number;
  readonly upper: number;
}

/** Each row of each table with exactly one cell hidden: what is left of the margin is that cell. */
export function differences(tables: readonly TableCell[]): readonly Difference[] {
  const byQuestion = new Map(tables.map((cell) => [nameOf(cell.asked), cell]));
  return tables.flatMap((hidden) => {
    if (hidden.published.value !== null) return [];
    return Object.keys(hidden.asked).flatMap((dimension) => {
      const wider = Object.fromEntries(
        Object.entries(hidden.asked).filter(([name]) => name !== dimension),
      );
      const margin = byQuestion.get(nameOf(wider))?.published;
      const siblings = tables
        .filter((cell) => cell !== hidden && isSibling(cell.asked, hidden.asked, dimension))
        .map(({ published }) => published);
      if (margin?.value == null || siblings.some(({ value }) => value === null)) return [];
      const sum = (side: 'value' | 'lower' | 'upper'): number =>
        siblings.reduce((total, cell) => total + (cell[side] ?? 0), 0);
      return [
        {
          hidden,
          guess: margin.value - sum('value'),
          lower: Math.max(0, (margin.lower ?? 0) - sum('upper')),
          upper: Math.min(mostHidden(hidden), (margin.upper ?? 0) - sum('lower')),
        },
      ];
    });
  });
}

/** The most people that a suppressed cell can have: it prints `<limit`, and was moved by D at most. */
export function mostHidden({ published }: TableCell): number {
  return Number(published.display.slice(1)) - 1 + perturbationTable.maximumDeviation;
}

function nameOf(asked: Readonly<Record<string, number>>): string {
  return Object.entries(asked).sort().join(';');
}

function isSibling(
  asked: Readonly<Record<string, number>>,
  of: Readonly<Record<string, number>>,
  dimension: string,
): boolean {
  const names = Object.keys(of);
  return (
    Object.keys(asked).length === names.length &&
    names.every((name) => (name === dimension ? name in asked : asked[name] === of[name]))
  );
}
