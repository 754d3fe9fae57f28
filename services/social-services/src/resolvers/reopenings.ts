import type { CaseReopening } from '../generated/resolver-types.ts';
import type { MovementRow } from '../store/social-services-store.ts';

/**
 * Closures that were undone, oldest first, from movements newest first. A closure and the reopening after it
 * are one pair; where either day cannot be read there is no pair, rather than one of days that do not belong
 * together.
 */
export function reopeningsOf(movementsNewestFirst: readonly MovementRow[]): CaseReopening[] {
  const reopenings: CaseReopening[] = [];
  let closure: MovementRow | null = null;
  for (const movement of movementsNewestFirst.toReversed()) {
    if (movement.kind === 'CLOSED') closure = movement;
    if (movement.kind !== 'REOPENED') continue;
    if (closure?.on != null && movement.on !== null) {
      reopenings.push({ closedAt: closure.on, reopenedAt: movement.on });
    }
    closure = null;
  }
  return reopenings;
}
