import { readListSize, requireCategories } from '@tavolo/subgraph-kit';
import type {
  DeskContactResolvers,
  IntegratedPlanResolvers,
  InterventionResolvers,
  NeedsAssessmentResolvers,
  ReferralResolvers,
} from '../generated/resolver-types.ts';
import { longestList } from './cases-with.ts';
import { personOf } from './person.ts';

export const NeedsAssessment: NeedsAssessmentResolvers = {
  id: ({ localId }, _arguments, { ids }) => ids.encode('assessment', localId),
  areas: ({ localId }, _arguments, { assessedAreasByAssessment }) =>
    assessedAreasByAssessment.load(localId),
  vulnerabilityFactors({ vulnerabilityFactors }, _arguments, { caller }) {
    requireCategories(caller, 'HEALTH', 'VIOLENCE_TRAFFICKING');
    return vulnerabilityFactors;
  },
};

export const IntegratedPlan: IntegratedPlanResolvers = {
  id: ({ localId }, _arguments, { ids }) => ids.encode('plan', localId),
  areas: ({ localId }, _arguments, { planAreasByPlan }) => planAreasByPlan.load(localId),
  team: ({ localId }, _arguments, { teamRolesByPlan }) => teamRolesByPlan.load(localId),
  async meetings({ localId }, { first }, { teamMeetingsByPlan }) {
    const size = readListSize(first, longestList);
    return (await teamMeetingsByPlan.load(localId)).slice(0, size);
  },
};

export const Intervention: InterventionResolvers = {
  id: ({ localId }, _arguments, { ids }) => ids.encode('intervention', localId),
};

export const Referral: ReferralResolvers = {
  id: ({ localId }, _arguments, { ids }) => ids.encode('referral', localId),
};

export const DeskContact: DeskContactResolvers = {
  id: ({ localId }, _arguments, { ids }) => ids.encode('contact', localId),
  person: ({ personId }, _arguments, context) =>
    personId === null ? null : personOf(personId, context),
};
