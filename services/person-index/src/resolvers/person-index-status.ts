import { roundedCount } from '@tavolo/disclosure';
import type {
  EnrolledRecordsResolvers,
  InstitutionCountResolvers,
  LinkageQualityResolvers,
  LinksOfRuleResolvers,
  PersonIndexStatusResolvers,
} from '../generated/resolver-types.ts';
import { institutionInGraph } from './institution.ts';

// Asked before and after one enrolment, exact counts would tell what was enrolled.
export const EnrolledRecords: EnrolledRecordsResolvers = {
  institution: ({ partner }) => institutionInGraph(partner),
  people: ({ people }) => roundedCount(people),
  households: ({ households }) => roundedCount(households),
};

export const InstitutionCount: InstitutionCountResolvers = {
  people: ({ people }) => roundedCount(people),
};

export const LinksOfRule: LinksOfRuleResolvers = {
  links: ({ links }) => roundedCount(links),
};

export const LinkageQuality: LinkageQualityResolvers = {
  links: ({ links }) => roundedCount(links),
  reviewQueue: ({ reviewQueue }) => roundedCount(reviewQueue),
  reviewed: ({ reviewed }) => roundedCount(reviewed),
};

export const PersonIndexStatus: PersonIndexStatusResolvers = {
  people: ({ people }) => roundedCount(people),
  households: ({ households }) => roundedCount(households),
  conflicts: ({ conflicts }) => roundedCount(conflicts),
  linkage: (_status, _arguments, { quality }) => quality(),
};
