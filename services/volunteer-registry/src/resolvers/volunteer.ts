import { municipalityByIstatCode } from '@tavolo/schemas';
import { readListSize } from '@tavolo/subgraph-kit';
import type {
  VolunteerOrganisationResolvers,
  VolunteerResolvers,
} from '../generated/resolver-types.ts';
import { latestFirst, loadFound, loadGroups } from './load-all.ts';
import { ageBandOf, allDistinct, consentOf, latestKnown, statusOf } from './volunteer-facts.ts';

export const VolunteerOrganisation: VolunteerOrganisationResolvers = {
  __resolveReference: ({ id }, { organisationById }) => organisationById.load(id),
  municipality: ({ municipality }) =>
    municipality === null ? null : (municipalityByIstatCode(municipality) ?? null),
};

export const Volunteer: VolunteerResolvers = {
  __resolveReference: ({ ref }, { volunteerByRef }) => volunteerByRef.load(ref),
  ageBand({ memberships }, _arguments, { today }) {
    const birthDate = latestKnown(memberships, (membership) => membership.birthDate);
    return birthDate === null ? null : ageBandOf(birthDate, today);
  },
  languages: ({ memberships }) => allDistinct(memberships, ({ languages }) => languages),
  skills: ({ memberships }) => allDistinct(memberships, ({ skills }) => skills),
  availability: ({ memberships }) => allDistinct(memberships, ({ availability }) => availability),
  municipality({ memberships }) {
    const code = latestKnown(memberships, (membership) => membership.municipality);
    return code === null ? null : (municipalityByIstatCode(code) ?? null);
  },
  status: ({ memberships }, _arguments, { today }) => statusOf(memberships, today),
  isOccasional: ({ memberships }) => memberships.every(({ isOccasional }) => isOccasional),
  consentScope: ({ memberships }) => consentOf(memberships),
  organisations: ({ memberships }, _arguments, { organisationById }) =>
    loadFound(
      organisationById,
      memberships.map(({ organisationId }) => organisationId),
    ),
  async training({ memberships }, { first }, { trainingsByMembershipId }) {
    const size = readListSize(first, 50);
    const trainings = await loadGroups(
      trainingsByMembershipId,
      memberships.map(({ id }) => id),
    );
    return latestFirst(trainings, ({ completedOn }) => completedOn).slice(0, size);
  },
  async isTrainedBeforeFirstMatch(
    { memberships },
    _arguments,
    { matchesByMembershipId, trainingsByMembershipId },
  ) {
    const ids = memberships.map(({ id }) => id);
    const [matches, trainings] = await Promise.all([
      loadGroups(matchesByMembershipId, ids),
      loadGroups(trainingsByMembershipId, ids),
    ]);
    const [firstDay] = matches.map(({ from }) => from).sort();
    if (firstDay === undefined) return null;
    return trainings.some(({ completedOn }) => completedOn !== null && completedOn <= firstDay);
  },
};
