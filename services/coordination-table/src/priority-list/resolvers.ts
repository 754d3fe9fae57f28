import type { District } from '@tavolo/access-model';
import {
  type Caller,
  districtsOf,
  HubError,
  readListSize,
  readPageRequest,
  requireCategories,
  toConnection,
} from '@tavolo/subgraph-kit';
import { Temporal } from 'temporal-polyfill';
import type {
  CriteriaVersionResolvers,
  PersonResolvers,
  PriorityEntryResolvers,
  PriorityListResolvers,
  QueryResolvers,
} from '../generated/resolver-types.ts';
import { stateAt } from './entry-states.ts';
import { readIsoWeek } from './iso-week.ts';
import { createPriorityListMutations, type MutationParts } from './mutations.ts';
import type { CriteriaRow } from './priority-list-store.ts';

/** A person as the table knows one. */
export interface PersonReference {
  readonly coordinationTableRef: string;
}

/** As many entries as a person may be asked for. */
export const longestPersonList = 20;
const mostWeeks = 104;

export function createPriorityListResolvers(parts: MutationParts) {
  return {
    CriteriaVersion,
    PriorityEntry,
    PriorityList,
    Person,
    Query,
    Mutation: createPriorityListMutations(parts),
  };
}

const CriteriaVersion: CriteriaVersionResolvers = {
  criteria: ({ criteria }) => [...criteria],
  eligibleReceptionTypes: ({ eligibleReceptionTypes }) => [...eligibleReceptionTypes],
  async validTo({ version }, _arguments, { priorityList }) {
    const next = (await priorityList.store.criteria()).find((each) => each.version === version + 1);
    return next === undefined
      ? null
      : Temporal.PlainDate.from(next.validFrom).subtract({ days: 1 }).toString();
  },
  isUsed: async ({ version }, _arguments, { priorityList }) =>
    (await priorityList.store.usedVersions()).has(version),
};

const PriorityEntry: PriorityEntryResolvers = {
  components({ components }, _arguments, { caller }) {
    requireCategories(caller, 'HEALTH', 'MINOR');
    return [...components];
  },
  state: (entry, _arguments, { now }) => stateAt(entry, now()),
};

const PriorityList: PriorityListResolvers = {
  criteria: ({ criteriaVersion }, _arguments, { priorityList }) =>
    criteriaOf(priorityList.store, criteriaVersion),
  reservedPlaces: async ({ criteriaVersion }, _arguments, { priorityList }) =>
    (await criteriaOf(priorityList.store, criteriaVersion)).reservedPlaces,
  async entries({ id }, { first, after, state }, { priorityList, now }) {
    const page = readPageRequest({ first, after: after ?? null }, { maxSize: 200 });
    const rows = await priorityList.store.entries(id, {
      first: page.size + 1,
      afterRank: readRank(page.afterId),
      state: state ?? null,
      now: now(),
    });
    return toConnection(rows, page, ({ rank }) => String(rank));
  },
};

const Person: PersonResolvers = {
  __resolveReference: ({ coordinationTableRef }) =>
    typeof coordinationTableRef === 'string' ? { coordinationTableRef } : null,
  async priorityEntries({ coordinationTableRef }, { first }, { priorityList, caller }) {
    const size = readListSize(first, longestPersonList);
    // Looked for all the same: how long it takes must not say whether there is something.
    const entries = await priorityList.entriesByPerson.load(coordinationTableRef);
    return caller.roles.includes('case-worker') ? entries.slice(0, size) : [];
  },
};

const Query: Pick<
  QueryResolvers,
  'priorityCriteria' | 'priorityList' | 'reproducePriorityList' | 'waitingListOverTime'
> = {
  priorityCriteria: async (_parent, _arguments, { priorityList }) => [
    ...(await priorityList.store.criteria()),
  ],
  async priorityList(_parent, { district, isoWeek }, { priorityList, caller }) {
    const week = isoWeek == null ? null : readIsoWeek(isoWeek).name;
    const list = await priorityList.store.list(district, week);
    return maySee(caller)(district) ? list : null;
  },
  reproducePriorityList: (_parent, { id }, { priorityList, caller }) =>
    priorityList.reproduce(id, maySee(caller)),
  async waitingListOverTime(_parent, { district, first }, { priorityList }) {
    const size = readListSize(first, mostWeeks);
    const weeks = await priorityList.store.weeks(district ?? null, size);
    const { protect } = priorityList;
    return weeks.map(({ isoWeek, reservedPlaces, listed, offered, placed, refused }) => ({
      isoWeek,
      reservedPlaces,
      listed: protect(listed),
      offered: protect(offered),
      placed: protect(placed),
      refused: protect(refused),
    }));
  },
};

/** The second line behind the gate: whole lists are for coordinators, of their own districts. */
function maySee(caller: Caller): (district: District) => boolean {
  const districts = districtsOf(caller);
  return (district) =>
    caller.roles.includes('coordinator') && (districts === null || districts.includes(district));
}

async function criteriaOf(
  store: { criteria(): Promise<readonly CriteriaRow[]> },
  version: number,
): Promise<CriteriaRow> {
  const criteria = (await store.criteria()).find((each) => each.version === version);
  if (criteria === undefined) throw new Error('the criteria of a list are not there');
  return criteria;
}

function readRank(afterId: string | undefined): number {
  if (afterId === undefined) return 0;
  if (/^\d{1,6}$/u.test(afterId)) return Number(afterId);
  throw new HubError('BAD_USER_INPUT', 'Argument "after" is not a cursor of this list');
}
