import type { Suspension } from '@tavolo/access-model';
import { Refusal } from '../refusal.ts';

/** On whose behalf somebody stops something: an owner of data, whoever asks, or the hub. */
export type Side = Pick<Suspension, 'side' | 'by'>;

/** Each partner can stop a consumer once, so this is more than there can be partners. */
const mostSuspensions = 300;

/** Stopped once is stopped: the first reason stays until the same side resumes. */
export function suspend(
  suspensions: readonly Suspension[],
  side: Side,
  reason: string,
  now: Date,
): readonly Suspension[] {
  if (suspensions.some((one) => isOf(one, side))) return suspensions;
  if (suspensions.length >= mostSuspensions) {
    throw new Refusal('LIMIT_REACHED', 'It is suspended by too many sides');
  }
  return [...suspensions, { ...side, reason, at: now.toISOString() }];
}

/** Takes back what these sides stopped, and nobody else's. */
export function resume(
  suspensions: readonly Suspension[],
  sides: readonly Side[],
): readonly Suspension[] {
  const rest = suspensions.filter((one) => !sides.some((side) => isOf(one, side)));
  if (rest.length < suspensions.length) return rest;
  if (suspensions.length === 0) return suspensions;
  throw new Refusal('FORBIDDEN', 'Only the side that suspended it can resume it');
}

function isOf(suspension: Suspension, { side, by }: Side): boolean {
  // Any operator acts for the hub, whichever organisation employs them.
  return suspension.side === side && (side === 'hub' || suspension.by === by);
}
