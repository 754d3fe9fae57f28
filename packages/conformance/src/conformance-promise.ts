import type { Bilingual } from '@tavolo/schema-check';
import type { Trial } from './trial.ts';

/** One promise of the contract, and how it is tried on a running subgraph. */
export interface ConformancePromise {
  /** Stable: `tavolo explain` and other people's CI know it. */
  readonly code: string;
  readonly title: Bilingual;
  /** What to change where it is broken. */
  readonly change: Bilingual;
  /** Rejects with `NoAnswer` where nothing came back: that breaks the promise too. */
  tryOn(trial: Trial): Promise<Outcome>;
}

/** How the trial of one promise ended; `sent` and `came` hold no value of the partner's data. */
export type Outcome =
  | { readonly outcome: 'KEPT' }
  | { readonly outcome: 'BROKEN'; readonly sent: string; readonly came: string }
  | { readonly outcome: 'NOT_TRIED'; readonly reason: string };

export const kept: Outcome = { outcome: 'KEPT' };
export const broken = (sent: string, came: string): Outcome => ({ outcome: 'BROKEN', sent, came });
export const notTried = (reason: string): Outcome => ({ outcome: 'NOT_TRIED', reason });

/** The worst of several trials of one promise: broken before not tried before kept; none = `reason`. */
export function worstOf(outcomes: readonly Outcome[], reason: string): Outcome {
  if (outcomes.length === 0) return notTried(reason);
  return (
    outcomes.find(({ outcome }) => outcome === 'BROKEN') ??
    outcomes.find(({ outcome }) => outcome === 'KEPT') ??
    outcomes[0] ??
    kept
  );
}
