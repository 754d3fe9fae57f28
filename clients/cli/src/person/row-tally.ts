/** How often something happened, and where the first times were: row numbers, never values. */
export interface RowTally {
  readonly count: number;
  /** Lines of the file; the first ten. */
  readonly rows: readonly number[];
}

/** Tallies by name, in the order in which names came up. */
export interface RowTallies<Name extends string> {
  add(name: Name, line: number): void;
  total(): number;
  toJSON(): Readonly<Record<string, RowTally>>;
}

const rowsKept = 10;

export function createRowTallies<Name extends string>(): RowTallies<Name> {
  const tallies = new Map<Name, { count: number; rows: number[] }>();
  return {
    add(name, line) {
      const tally = tallies.get(name) ?? { count: 0, rows: [] };
      tally.count += 1;
      if (tally.rows.length < rowsKept) tally.rows.push(line);
      tallies.set(name, tally);
    },
    total: () => [...tallies.values()].reduce((sum, { count }) => sum + count, 0),
    toJSON: () => Object.fromEntries(tallies),
  };
}
