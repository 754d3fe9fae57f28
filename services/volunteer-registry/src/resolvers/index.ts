import { dateScalars } from '@tavolo/subgraph-kit';
import type { Resolvers } from '../generated/resolver-types.ts';
import { Household, Person, PublicUtilityActivity } from './person.ts';
import { Query } from './query.ts';
import { Supervision, Training, TutorMatch } from './tutor-match.ts';
import { Volunteer, VolunteerOrganisation } from './volunteer.ts';

export const resolvers: Resolvers = {
  ...dateScalars,
  Query,
  VolunteerOrganisation,
  Volunteer,
  Training,
  TutorMatch,
  Supervision,
  PublicUtilityActivity,
  Person,
  Household,
};
