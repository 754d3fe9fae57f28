import { municipalityByIstatCode } from '@tavolo/schemas';
import { readListSize } from '@tavolo/subgraph-kit';
import type { SocialCaseResolvers } from '../generated/resolver-types.ts';
import { longestList } from './cases-with.ts';
import { householdOf, personOf } from './person.ts';
import { reopeningsOf } from './reopenings.ts';

export const SocialCase: SocialCaseResolvers = {
  async __resolveReference({ id }, { ids, caseById }) {
    const localId = ids.decode('case', id);
    return localId === null ? null : caseById.load(localId);
  },
  id: ({ localId }, _arguments, { ids }) => ids.encode('case', localId),
  municipality: ({ municipalityCode }) => municipalityByIstatCode(municipalityCode) ?? null,
  district: ({ municipalityCode }) => municipalityByIstatCode(municipalityCode)?.district ?? null,
  async reopenings({ localId }, { first }, { movementsByCase }) {
    const size = readListSize(first, longestList);
    return reopeningsOf(await movementsByCase.load(localId)).slice(0, size);
  },
  plan: async ({ localId }, _arguments, { plansByCase }) =>
    (await plansByCase.load(localId))[0] ?? null,
  async assessments({ localId }, { first }, { assessmentsByCase }) {
    const size = readListSize(first, longestList);
    return (await assessmentsByCase.load(localId)).slice(0, size);
  },
  async interventions({ localId }, { first }, { interventionsByCase }) {
    const size = readListSize(first, longestList);
    return (await interventionsByCase.load(localId)).slice(0, size);
  },
  async referrals({ localId }, { first }, { referralsByCase }) {
    const size = readListSize(first, longestList);
    return (await referralsByCase.load(localId)).slice(0, size);
  },
  person: ({ personId }, _arguments, context) => personOf(personId, context),
  household: ({ householdId }, _arguments, context) =>
    householdId === null ? null : householdOf(householdId, context),
};
