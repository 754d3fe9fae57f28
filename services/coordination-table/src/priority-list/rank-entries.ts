import { createHash } from 'node:crypto';
import type { Criteria, FrozenInputs, ScoreComponent } from './priority-list-store.ts';
import { scoreOf } from './score.ts';

/** What is frozen of one entry. */
export interface FrozenEntry {
  readonly code: string;
  readonly inputs: FrozenInputs;
}

export interface RankedEntry extends FrozenEntry {
  readonly rank: number;
  readonly score: number;
  readonly components: readonly ScoreComponent[];
}

/** The list that these inputs make under these criteria: a pure function, so that any week can be made again. */
export function rankEntries(
  entries: readonly FrozenEntry[],
  { criteria, tieBreak }: Pick<Criteria, 'criteria' | 'tieBreak'>,
  monday: string,
): RankedEntry[] {
  return entries
    .map((entry) => ({ ...entry, ...scoreOf(entry.inputs, criteria, monday) }))
    .sort(
      (a, b) =>
        b.score - a.score ||
        (tieBreak === 'LONGEST_WAIT_THEN_LOT'
          ? compare(a.inputs.waitingSince, b.inputs.waitingSince)
          : 0) ||
        // The code is a keyed hash: nobody without the secret can tell whom it favours.
        compare(a.code, b.code),
    )
    .map((entry, index) => ({ ...entry, rank: index + 1 }));
}

/** SHA-256 over what a list was made from, in the order of the codes. */
export function hashOfInputs(
  entries: readonly FrozenEntry[],
  criteriaVersion: number,
  monday: string,
): string {
  const hash = createHash('sha256').update(JSON.stringify([criteriaVersion, monday]));
  for (const { code, inputs } of [...entries].sort((a, b) => compare(a.code, b.code))) {
    // Sorted by name: a database may give the fields back in another order.
    const fields = Object.entries(inputs).sort(([a], [b]) => compare(a, b));
    hash.update(`\n${JSON.stringify([code, fields])}`);
  }
  return hash.digest('hex');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
