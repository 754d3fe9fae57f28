import { readListSize } from '@tavolo/subgraph-kit';
import type {
  SupervisionResolvers,
  TrainingResolvers,
  TutorMatchResolvers,
} from '../generated/resolver-types.ts';
import { latestFirst, loadFound } from './load-all.ts';
import { isSupervisionOverdue } from './supervision-term.ts';

/** Two volunteers make a match complete; a third may join. */
const fewestTutors = 2;

export const TutorMatch: TutorMatchResolvers = {
  __resolveReference: ({ id }, { matchById }) => matchById.load(id),
  async tutors({ membershipIds }, _arguments, { membershipById, volunteerByRef }) {
    const memberships = await loadFound(membershipById, membershipIds);
    return loadFound(
      volunteerByRef,
      memberships.map(({ volunteerRef }) => volunteerRef),
    );
  },
  tutorCount: ({ membershipIds }) => membershipIds.length,
  isComplete: ({ membershipIds }) => membershipIds.length >= fewestTutors,
  async isSupervisionOverdue(match, _arguments, { supervisionsByMatchId, today }) {
    const supervisions = await supervisionsByMatchId.load(match.id);
    return isSupervisionOverdue(
      match,
      supervisions.map(({ on }) => on),
      today,
    );
  },
  async supervisions({ id }, { first }, { supervisionsByMatchId }) {
    const size = readListSize(first, 50);
    return latestFirst(await supervisionsByMatchId.load(id), ({ on }) => on).slice(0, size);
  },
  organisation: ({ organisationId }, _arguments, { organisationById }) =>
    organisationById.load(organisationId),
  household: ({ householdKey }) => ({ volunteerRegistryHouseholdKey: householdKey }),
};

export const Supervision: SupervisionResolvers = {
  at: ({ on }) => on,
  organisation: ({ organisationId }, _arguments, { organisationById }) =>
    organisationById.load(organisationId),
};

export const Training: TrainingResolvers = {
  completedAt: ({ completedOn }) => completedOn,
};
