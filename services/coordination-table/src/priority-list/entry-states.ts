import type { PriorityEntryState } from '../generated/resolver-types.ts';
import type { StoredState } from './priority-list-store.ts';

/** From where each state is reached; an offer also ends by its own term. */
const reachedFrom: Readonly<
  Record<Exclude<StoredState, 'WAITING'>, readonly PriorityEntryState[]>
> = {
  OFFERED: ['WAITING'],
  PLACED: ['OFFERED'],
  REFUSED: ['OFFERED'],
  WITHDRAWN: ['WAITING', 'OFFERED'],
};

/** The state at `now`: an offer that nobody answered in time has expired, without anybody noting it. */
export function stateAt(
  entry: { readonly storedState: StoredState; readonly offerExpiresAt: string | null },
  now: Date,
): PriorityEntryState {
  const { storedState, offerExpiresAt } = entry;
  const isOver = offerExpiresAt !== null && Date.parse(offerExpiresAt) <= now.getTime();
  return storedState === 'OFFERED' && isOver ? 'EXPIRED' : storedState;
}

/** Whether an entry in this state may go over into that one. */
export function mayBecome(from: PriorityEntryState, to: Exclude<StoredState, 'WAITING'>): boolean {
  return reachedFrom[to].includes(from);
}

/** From where `to` is reached, for whoever is refused. */
export function statesBefore(to: Exclude<StoredState, 'WAITING'>): readonly PriorityEntryState[] {
  return reachedFrom[to];
}
