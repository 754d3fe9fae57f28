import type {
  EnrolledRecordsResolvers,
  InstitutionCountResolvers,
  LinkageQualityResolvers,
  LinksOfRuleResolvers,
  PersonIndexStatusResolvers,
} from '../generated/resolver-types.ts';
import { roundedToFive } from '../rounded-to-five.ts';
import { INSTITUTION } from './institution.ts';

// Asked before and after one enrolment, exact counts would tell what was enrolled.
export const EnrolledRecords: EnrolledRecordsResolvers = {
  institution: ({ partner }) => INSTITUTION[partner],
  people: ({ people }) => roundedToFive(people),
  households: ({ households }) => roundedToFive(households),
};

export const InstitutionCount: InstitutionCountResolvers = {
  people: ({ people }) => roundedToFive(people),
};

export const LinksOfRule: LinksOfRuleResolvers = {
  links: ({ links }) => roundedToFive(links),
};

export const LinkageQuality: LinkageQualityResolvers = {
  links: ({ links }) => roundedToFive(links),
  reviewQueue: ({ reviewQueue }) => roundedToFive(reviewQueue),
  reviewed: ({ reviewed }) => roundedToFive(reviewed),
};

export const PersonIndexStatus: PersonIndexStatusResolvers = {
  people: ({ people }) => roundedToFive(people),
  households: ({ households }) => roundedToFive(households),
  conflicts: ({ conflicts }) => roundedToFive(conflicts),
  linkage: (_status, _arguments, { quality }) => quality(),
};
