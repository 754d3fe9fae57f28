import { municipalityByIstatCode } from '@tavolo/schemas';
import { dateScalars } from '@tavolo/subgraph-kit';
import type { Resolvers } from '../generated/resolver-types.ts';
import {
  DeskContact,
  IntegratedPlan,
  Intervention,
  NeedsAssessment,
  Referral,
} from './case-details.ts';
import { Household, Person } from './person.ts';
import { Query } from './query.ts';
import { SocialCase } from './social-case.ts';

/** Everything the social-services subgraph answers. */
export const resolvers: Resolvers = {
  ...dateScalars,
  Query,
  Person,
  Household,
  SocialCase,
  NeedsAssessment,
  IntegratedPlan,
  Intervention,
  Referral,
  DeskContact,
  Municipality: {
    __resolveReference: ({ istatCode }) => municipalityByIstatCode(istatCode) ?? null,
  },
};
