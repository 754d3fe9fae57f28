import type { EnrolledRecordsResolvers, QueryResolvers } from '../generated/resolver-types.ts';

const INSTITUTION = {
  'reception-centres': 'RECEPTION_CENTRES',
  'health-authority': 'HEALTH_AUTHORITY',
  'social-services': 'SOCIAL_SERVICES',
  'volunteer-registry': 'VOLUNTEER_REGISTRY',
} as const;

export const EnrolledRecords: EnrolledRecordsResolvers = {
  institution: ({ partner }) => INSTITUTION[partner],
};

export const Query: QueryResolvers = {
  personIndexStatus: (_parent, _arguments, { status }) => status(),
};
