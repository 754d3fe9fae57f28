import type { District } from '@tavolo/access-model';
import { type Caller, districtsOf, HubError } from '@tavolo/subgraph-kit';
import type { Transaction } from 'kysely';
import type { MutationResolvers } from '../generated/resolver-types.ts';
import type { TableSecrets } from '../module.ts';
import { romeDay } from '../reference/rome-day.ts';
import type { ChangeLog } from '../store/change-log.ts';
import { adoptCriteria } from './adopt-criteria.ts';
import { closeEntry, type MayChange, offerPlace, publishList } from './change-entries.ts';
import { daysBefore, type IsoWeek, isoWeekOf, readIsoWeek } from './iso-week.ts';
import { prepareList } from './prepare-list.ts';
import { criteriaOn } from './priority-list-store.ts';
import type { PriorityListTables } from './priority-list-tables.ts';
import { readWaitingUnits } from './waiting-people.ts';

type Change = Transaction<PriorityListTables>;

/** Whoever objects or is protected is out of every list a day later at the latest. */
const oldestFactsMs = 24 * 60 * 60_000;

export interface MutationParts {
  readonly changes: ChangeLog;
  readonly secrets: TableSecrets;
  /** Null = any coordinator's organisation may keep the lists. */
  readonly ownerOfProtocol: (code: 'P3') => Promise<string | null>;
}

type PriorityListMutations = Pick<
  MutationResolvers,
  | 'adoptPriorityCriteria'
  | 'preparePriorityList'
  | 'publishPriorityList'
  | 'offerPlace'
  | 'recordPlacement'
  | 'recordRefusal'
  | 'withdrawEntry'
>;

export function createPriorityListMutations(parts: MutationParts): PriorityListMutations {
  const { changes, secrets, ownerOfProtocol } = parts;
  /** The change, made only for the organisation that owns the protocol: who that is may change, so it is read each time. */
  async function byOwner<Result>(
    change: {
      readonly caller: Caller;
      readonly mutation: string;
      readonly clientKey: string;
      readonly input: unknown;
    },
    work: (transaction: Change, at: Date, mayChange: MayChange) => Promise<Result>,
  ): Promise<Result> {
    const { caller } = change;
    // Before the change begins: its connection holds the writers' lock, and another one would wait for it.
    const owner = await ownerOfProtocol('P3');
    if (owner !== null && owner !== caller.organisation) {
      throw new HubError(
        'FORBIDDEN',
        'The priority list is kept by the organisation that owns protocol P3; yours is another',
      );
    }
    return changes.apply(change, (transaction: Change, at) =>
      work(transaction, at, mayChangeOf(caller)),
    );
  }

  return {
    adoptPriorityCriteria(_parent, { clientKey, input }, { caller }) {
      if (caller.districts !== null) {
        throw new HubError(
          'FORBIDDEN',
          'The criteria hold for the whole province; a coordinator of the whole province adopts them',
        );
      }
      return byOwner(
        { caller, mutation: 'adoptPriorityCriteria', clientKey, input },
        (transaction) => adoptCriteria(transaction, input),
      );
    },
    async preparePriorityList(_parent, { clientKey, input }, { caller, priorityList, now }) {
      const { district } = input;
      if (!mayChangeOf(caller)(district)) {
        throw new HubError(
          'FORBIDDEN',
          'district is not one of yours; its coordinator prepares the list',
        );
      }
      const week = readIsoWeek(input.isoWeek);
      const criteria = criteriaOn(await priorityList.store.criteria(), week.monday);
      if (criteria === null) {
        throw new HubError(
          'BAD_USER_INPUT',
          'isoWeek begins before any criteria are in force; adopt criteria valid from its Monday',
        );
      }
      const { facts } = priorityList;
      const { loadedAt } = facts.state('people');
      if (loadedAt === null) {
        throw new HubError(
          'UNAVAILABLE',
          'The facts about people were never loaded; prepare the list after the next load',
        );
      }
      if (now().getTime() - Date.parse(loadedAt) > oldestFactsMs) {
        throw new HubError(
          'UNAVAILABLE',
          'The facts about people are more than 24 hours old: whoever objected or was protected since is still in them; load them, then prepare the list',
        );
      }
      // Read before the change begins: one writer at a time must not wait for this.
      const waiting = await readWaitingUnits(facts, district, criteria, week.monday);
      const material = { district, week, criteria, waiting, factsLoadedAt: loadedAt };
      return byOwner(
        { caller, mutation: 'preparePriorityList', clientKey, input },
        (transaction, at) => {
          refuseOtherWeeks(week, at);
          return prepareList(transaction, material, at, secrets);
        },
      );
    },
    publishPriorityList: (_parent, { clientKey, input }, { caller }) =>
      byOwner(
        { caller, mutation: 'publishPriorityList', clientKey, input },
        (transaction, at, mayChange) => publishList(transaction, input.listId, at, mayChange),
      ),
    offerPlace: (_parent, { clientKey, input }, { caller }) =>
      byOwner({ caller, mutation: 'offerPlace', clientKey, input }, (transaction, at, mayChange) =>
        offerPlace(transaction, input.code, input.outOfOrderReason ?? null, at, mayChange),
      ),
    recordPlacement: (_parent, { clientKey, input }, { caller }) =>
      byOwner(
        { caller, mutation: 'recordPlacement', clientKey, input },
        (transaction, at, mayChange) =>
          closeEntry(transaction, input.code, { state: 'PLACED', reason: null }, at, mayChange),
      ),
    recordRefusal: (_parent, { clientKey, input }, { caller }) =>
      byOwner(
        { caller, mutation: 'recordRefusal', clientKey, input },
        (transaction, at, mayChange) =>
          closeEntry(
            transaction,
            input.code,
            { state: 'REFUSED', reason: input.reason },
            at,
            mayChange,
          ),
      ),
    withdrawEntry: (_parent, { clientKey, input }, { caller }) =>
      byOwner(
        { caller, mutation: 'withdrawEntry', clientKey, input },
        (transaction, at, mayChange) =>
          closeEntry(
            transaction,
            input.code,
            { state: 'WITHDRAWN', reason: input.reason },
            at,
            mayChange,
          ),
      ),
  };
}

function mayChangeOf(caller: Caller): MayChange {
  const districts = districtsOf(caller);
  return (district: District) => districts === null || districts.includes(district);
}

/** The facts are of today: a list of another week would not say who waited then. */
function refuseOtherWeeks(week: IsoWeek, now: Date): void {
  const today = romeDay(now);
  const running = isoWeekOf(today).name;
  const next = isoWeekOf(daysBefore(today, -7)).name;
  if (week.name !== running && week.name !== next) {
    throw new HubError('BAD_USER_INPUT', 'isoWeek must be the running week or the next one');
  }
}
