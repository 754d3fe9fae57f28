import type {
  ImmediateReceptionResolvers,
  VulnerabilityCategory,
} from '../generated/resolver-types.ts';

/** People who may be looked for by those they fled from: no list leads to them. */
const withheldFor: ReadonlySet<VulnerabilityCategory> = new Set([
  'TRAFFICKING_VICTIM',
  'TORTURE_RAPE_SERIOUS_VIOLENCE',
  'FGM_VICTIM',
]);

export const ImmediateReception: ImmediateReceptionResolvers = {
  __resolveReference: ({ id }, { immediateReceptionById }) => immediateReceptionById.load(id),
  hoursToFirstIntervention({ startedAt, firstSocialAt, firstHealthAt }) {
    const first = [firstSocialAt, firstHealthAt].filter((at) => at !== null).sort()[0];
    if (first === undefined) return null;
    return (Date.parse(first) - Date.parse(startedAt)) / 3_600_000;
  },
  facility: ({ facilityId }, _arguments, { facilityById }) =>
    facilityId === null ? null : facilityById.load(facilityId),
  person: ({ personKey, vulnerabilityCategory }) =>
    vulnerabilityCategory !== null && withheldFor.has(vulnerabilityCategory)
      ? null
      : { receptionCentresKey: personKey },
};
