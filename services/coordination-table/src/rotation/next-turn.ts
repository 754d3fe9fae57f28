import type { OpenPosition, WeightedMunicipality } from './rotation-store.ts';

/** Whom a position falls to. */
export interface NextTurn {
  readonly position: number;
  readonly istatCode: string;
}

/** Differences below this are rounding, and fall to the lower ISTAT code. */
const precision = 1e9;

/**
 * Whom the next turn falls to: of those whose deficit with this turn reaches the threshold, the one that would
 * soonest be a whole turn behind; with equal shares that is the one with the largest deficit. Ties fall to the
 * lower ISTAT code. While nobody skips and the rule stays, nobody is ever a whole turn from its fair share: it is
 * the rule of R. Tijdeman for the chairman assignment problem (Discrete Mathematics 32, 1980); by the largest
 * deficit alone, small municipalities could fall several turns behind.
 */
export function nextMunicipality(
  municipalities: readonly WeightedMunicipality[],
  /** Turns each owes before this one. */
  deficits: ReadonlyMap<string, number>,
  /** How often each passed this very turn on: it comes back to them when all have. */
  passedBy: ReadonlyMap<string, number> = new Map(),
): string {
  const fewest = Math.min(...municipalities.map(({ istatCode }) => passedBy.get(istatCode) ?? 0));
  const asked = municipalities.filter(({ istatCode }) => (passedBy.get(istatCode) ?? 0) === fewest);
  // Of one municipality alone there is nothing to weigh.
  const threshold = municipalities.length > 1 ? 1 / (2 * municipalities.length - 2) : 0;
  const rated = asked.map(({ istatCode, share }) => {
    const deficit = deficits.get(istatCode) ?? 0;
    return {
      istatCode,
      withThisTurn: rounded(deficit + share),
      turnsUntilBehind: rounded((1 - threshold - deficit) / share),
    };
  });
  const due = rated.filter(({ withThisTurn }) => withThisTurn >= rounded(threshold));
  const [next] =
    due.length > 0
      ? due.sort((a, b) => a.turnsUntilBehind - b.turnsUntilBehind || byCode(a, b))
      : rated.sort((a, b) => b.withThisTurn - a.withThisTurn || byCode(a, b));
  if (next === undefined) throw new Error('no municipality takes part in the rotation');
  return next.istatCode;
}

/** The turns to come if nobody skips, the open one first. */
export function orderOfTurns(
  municipalities: readonly WeightedMunicipality[],
  deficits: ReadonlyMap<string, number>,
  open: Pick<OpenPosition, 'position' | 'passedBy' | 'givenAfter'>,
  first: number,
): NextTurn[] {
  const owed = new Map(deficits);
  const order: NextTurn[] = [];
  for (let position = open.position; order.length < first; position += 1) {
    if (open.givenAfter.has(position)) continue;
    const passedBy = order.length === 0 ? open.passedBy : undefined;
    const istatCode = nextMunicipality(municipalities, owed, passedBy);
    order.push({ position, istatCode });
    for (const { istatCode: each, share } of municipalities) {
      owed.set(each, (owed.get(each) ?? 0) + share - (each === istatCode ? 1 : 0));
    }
  }
  return order;
}

function rounded(value: number): number {
  return Math.round(value * precision) / precision;
}

function byCode(a: { readonly istatCode: string }, b: { readonly istatCode: string }): number {
  return a.istatCode < b.istatCode ? -1 : 1;
}
