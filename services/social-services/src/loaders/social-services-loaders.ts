import { type DistrictScope, groupInKeyOrder, inKeyOrder } from '@tavolo/subgraph-kit';
import DataLoader from 'dataloader';
import type { ChildRow, LocalId, SocialServicesStore } from '../store/social-services-store.ts';

/** More keys than this are asked in several statements: a statement's parameters stay of a sane size. */
const maxBatchSize = 5000;

/** One loader a relation; each asks its relation once for everything a request wants of it. */
export type SocialServicesLoaders = ReturnType<typeof createSocialServicesLoaders>;

/** Loaders of one request, which find rows of these districts only. Rows below a parent come newest first. */
export function createSocialServicesLoaders(store: SocialServicesStore, scope: DistrictScope) {
  return {
    caseById: new DataLoader<LocalId, Awaited<ReturnType<typeof store.findCases>>[number] | null>(
      async (ids) => inKeyOrder(ids, await store.findCases(ids, scope), (row) => row.localId),
      { maxBatchSize },
    ),
    casesByPerson: manyBy(
      (ids) => store.findCasesOfPeople(ids, scope),
      (row) => row.personId,
    ),
    casesByHousehold: manyBy(
      (ids) => store.findCasesOfHouseholds(ids, scope),
      (row) => row.householdId ?? '',
    ),
    contactsByPerson: manyBy(
      (ids) => store.findDeskContactsOfPeople(ids, scope),
      (row) => row.personId ?? '',
    ),
    movementsByCase: childrenBy((ids) => store.findMovements(ids)),
    assessmentsByCase: childrenBy((ids) => store.findAssessments(ids)),
    assessedAreasByAssessment: childrenBy((ids) => store.findAssessedAreas(ids)),
    plansByCase: childrenBy((ids) => store.findPlans(ids)),
    planAreasByPlan: childrenBy((ids) => store.findPlanAreas(ids)),
    teamRolesByPlan: childrenBy((ids) => store.findTeamRoles(ids)),
    teamMeetingsByPlan: childrenBy((ids) => store.findTeamMeetings(ids)),
    interventionsByCase: childrenBy((ids) => store.findInterventions(ids)),
    referralsByCase: childrenBy((ids) => store.findReferrals(ids)),
  };
}

function childrenBy<Row extends ChildRow>(find: (ids: readonly LocalId[]) => Promise<Row[]>) {
  return manyBy(find, (row) => row.parentId);
}

function manyBy<Row>(
  find: (ids: readonly LocalId[]) => Promise<Row[]>,
  keyOf: (row: Row) => LocalId,
) {
  return new DataLoader<LocalId, Row[]>(
    async (ids) => groupInKeyOrder(ids, await find(ids), keyOf),
    { maxBatchSize },
  );
}
