import type {
  EnrolledRecordsResolvers,
  PersonIndexStatusResolvers,
  QueryResolvers,
} from '../generated/resolver-types.ts';
import { INSTITUTION } from './institution.ts';

export const EnrolledRecords: EnrolledRecordsResolvers = {
  institution: ({ partner }) => INSTITUTION[partner],
};

export const PersonIndexStatus: PersonIndexStatusResolvers = {
  linkage: (_status, _arguments, { quality }) => quality(),
};

export const Query: QueryResolvers = {
  personIndexStatus: (_parent, _arguments, { status }) => status(),
};
