import type { TableCell } from './tables.fixture.ts';

/**
 * The estimate of one figure from every table that can be added up to it: for each other dimension the sum over its
 * categories, each weighted by how little it was moved (a sum of n cells moves n times as much in variance).
 * Tables with a suppressed cell are left out, as a guess for it would add more error than the table removes.
 */
export function averagedEstimate(
  target: TableCell,
  tables: readonly TableCell[],
): { readonly estimate: number; readonly tables: number } {
  let weighted = 0;
  let weights = 0;
  const byTable = new Map<string, TableCell[]>();
  for (const cell of tables) {
    if (!lies(cell.asked, target.asked)) continue;
    const name = Object.keys(cell.asked).join();
    byTable.set(name, [...(byTable.get(name) ?? []), cell]);
  }
  for (const cells of byTable.values()) {
    const values = cells.map(({ published }) => published.value);
    if (values.some((value) => value === null)) continue;
    weighted += values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / cells.length;
    weights += 1 / cells.length;
  }
  return { estimate: weighted / weights, tables: byTable.size };
}

/** Whether a cell is part of the target's set: asked with the same categories and perhaps more. */
function lies(
  asked: Readonly<Record<string, number>>,
  target: Readonly<Record<string, number>>,
): boolean {
  return Object.entries(target).every(([name, value]) => asked[name] === value);
}
