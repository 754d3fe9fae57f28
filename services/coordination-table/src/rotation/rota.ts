import { type FairShare, fairSharesOf } from './fair-shares.ts';
import { type DomicileRuleRow, type RotationStore, ruleOn } from './rotation-store.ts';

/** The rota of a year as of a day. */
export interface Rota {
  readonly year: number;
  readonly rule: DomicileRuleRow;
  readonly fairShares: readonly FairShare[];
  /** Turns are given in this year. */
  readonly isRunning: boolean;
}

/** Null when no rule was in force in the year so far. */
export async function readRota(
  store: Pick<RotationStore, 'rules' | 'counts'>,
  year: number,
  today: string,
): Promise<Rota | null> {
  const lastDay = `${year}-12-31`;
  const asOf = today < lastDay ? today : lastDay;
  const rules = await store.rules();
  const rule = ruleOn(rules, asOf);
  // A year to come has no rota yet.
  if (rule === null || `${year}-01-01` > today) return null;
  const fairShares = fairSharesOf(rules, await store.counts(year), year, asOf);
  return { year, rule, fairShares, isRunning: today <= lastDay };
}

export function deficitsOf({ fairShares }: Rota): ReadonlyMap<string, number> {
  return new Map(fairShares.map(({ istatCode, deficit }) => [istatCode, deficit]));
}
