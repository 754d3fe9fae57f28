import { type Spread, spread } from './quantiles.ts';

export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** One value a round. */
  readonly rounds: readonly number[];
  /** The same work done by something else, a value for each round, measured in turns. */
  readonly peer?: { readonly name: string; readonly rounds: readonly number[] };
  readonly target?: { readonly value: number; readonly is: 'at most' | 'at least' };
}

/** How the rounds compare with the peer's, round by round: the machine's mood of the minute cancels out. */
export function ratioToPeer({ rounds, peer }: Figure): Spread | undefined {
  if (!peer) return undefined;
  const pairs = rounds.flatMap((value, round) => {
    const other = peer.rounds[round];
    return other === undefined || other === 0 ? [] : [value / other];
  });
  return pairs.length > 0 ? spread(pairs) : undefined;
}

/** Whether the median keeps the target; `undefined` without one. */
export function keepsTarget({ rounds, target }: Figure): boolean | undefined {
  if (!target) return undefined;
  const { median } = spread(rounds);
  return target.is === 'at most' ? median <= target.value : median >= target.value;
}
