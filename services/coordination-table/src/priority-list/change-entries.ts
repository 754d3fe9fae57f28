import type { District } from '@tavolo/access-model';
import { HubError } from '@tavolo/subgraph-kit';
import type { Transaction, Updateable } from 'kysely';
import type {
  OutOfOrderReason,
  PlaceRefusalReason,
  PriorityWithdrawalReason,
} from '../generated/resolver-types.ts';
import { mayBecome, stateAt, statesBefore } from './entry-states.ts';
import { entryRows, readCriteria, readList, toEntry } from './postgres-priority-list-store.ts';
import type { EntryRow, ListRow, StoredState } from './priority-list-store.ts';
import type { PriorityListTables } from './priority-list-tables.ts';

type Change = Transaction<PriorityListTables>;

/** Whether the caller may change lists of this district. */
export type MayChange = (district: District) => boolean;

const dayMs = 86_400_000;

export async function publishList(
  transaction: Change,
  listId: string,
  at: Date,
  mayChange: MayChange,
): Promise<ListRow> {
  const found = await transaction
    .selectFrom('priority_list')
    .select(['district', 'iso_week', 'published_at'])
    .where('id', '=', listId)
    .executeTakeFirst();
  if (found === undefined || !mayChange(found.district)) {
    throw new HubError(
      'NOT_FOUND',
      'listId is of no list that you may change; a draft prepared anew has another id',
    );
  }
  if (found.published_at !== null) refuse('listId is of a list that is published already');
  await transaction
    .updateTable('priority_list')
    .set({ published_at: at })
    .where('id', '=', listId)
    .execute();
  const published = await readList(transaction, found.district, found.iso_week);
  if (published === null) throw new Error('a list that was just published is not there');
  return published;
}

/** Offers a place in the order of the list; who is passed over is passed over for a stated reason. */
export async function offerPlace(
  transaction: Change,
  code: string,
  reason: OutOfOrderReason | null,
  at: Date,
  mayChange: MayChange,
): Promise<EntryRow> {
  const entry = await entryFor(transaction, code, 'OFFERED', at, mayChange);
  const newest = await readList(transaction, entry.district, null);
  if (newest?.id !== entry.listId) {
    refuse('code is of a list that is not the newest published of its district; offer by that one');
  }
  const before = (
    await entryRows(transaction)
      .where('list_id', '=', entry.listId)
      .where('priority_entry.state', '=', 'WAITING')
      .where('rank', '<', entry.rank)
      .execute()
  ).map(toEntry);
  const isOutOfOrder = before.some((each) => each.requestedPlaceType === entry.requestedPlaceType);
  if (isOutOfOrder && reason === null) {
    refuse(
      'outOfOrderReason is needed: somebody who waits for the same kind of place stands before',
    );
  }
  const criteria = (await readCriteria(transaction)).find(
    ({ version }) => version === newest.criteriaVersion,
  );
  if (criteria === undefined) throw new Error('the criteria of a list are not there');
  return update(transaction, code, {
    state: 'OFFERED',
    offered_at: at,
    offer_expires_at: new Date(at.getTime() + criteria.offerValidDays * dayMs),
    out_of_order_reason: isOutOfOrder ? reason : null,
  });
}

/** Ends an entry's wait: placed, refused or withdrawn. */
export async function closeEntry(
  transaction: Change,
  code: string,
  outcome: {
    readonly state: 'PLACED' | 'REFUSED' | 'WITHDRAWN';
    readonly reason: PlaceRefusalReason | PriorityWithdrawalReason | null;
  },
  at: Date,
  mayChange: MayChange,
): Promise<EntryRow> {
  await entryFor(transaction, code, outcome.state, at, mayChange);
  return update(transaction, code, {
    state: outcome.state,
    closing_reason: outcome.reason,
    closed_at: at,
  });
}

/** The entry, if the caller may change it so; one of another district, or of a draft, is as one of nobody. */
async function entryFor(
  transaction: Change,
  code: string,
  to: Exclude<StoredState, 'WAITING'>,
  at: Date,
  mayChange: MayChange,
): Promise<EntryRow> {
  const row = await entryRows(transaction)
    .where('code', '=', code)
    .where('published_at', 'is not', null)
    .executeTakeFirst();
  if (row === undefined || !mayChange(row.district)) {
    throw new HubError('NOT_FOUND', 'code is of no entry of a published list that you may change');
  }
  const entry = toEntry(row);
  const state = stateAt(entry, at);
  if (!mayBecome(state, to)) {
    refuse(`code is of an entry that is ${state}; it must be ${statesBefore(to).join(' or ')}`);
  }
  return entry;
}

async function update(
  transaction: Change,
  code: string,
  values: Updateable<PriorityListTables['priority_entry']>,
): Promise<EntryRow> {
  await transaction.updateTable('priority_entry').set(values).where('code', '=', code).execute();
  return toEntry(await entryRows(transaction).where('code', '=', code).executeTakeFirstOrThrow());
}

function refuse(reason: string): never {
  throw new HubError('BAD_USER_INPUT', reason);
}
