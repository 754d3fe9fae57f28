import { dateScalars } from '@tavolo/subgraph-kit';
import type { Resolvers } from '../generated/resolver-types.ts';
import type { PartnerList } from '../partners/partner-directory.ts';
import { Household } from './household.ts';
import { createPersonLinkageResolvers, createPersonResolvers } from './person.ts';
import {
  EnrolledRecords,
  InstitutionCount,
  LinkageQuality,
  LinksOfRule,
  PersonIndexStatus,
} from './person-index-status.ts';
import { createQueryResolvers } from './query.ts';

/** The resolvers of the schema that these partners make; `sdl` is what it is published as. */
export function createResolvers(list: PartnerList, sdl: string) {
  const resolvers: Resolvers = {
    DateTime: dateScalars.DateTime,
    Person: createPersonResolvers(list),
    PersonLinkage: createPersonLinkageResolvers(list),
    PersonIndexStatus,
    Household,
    EnrolledRecords,
    InstitutionCount,
    LinkageQuality,
    LinksOfRule,
  };
  return { ...resolvers, Query: { ...createQueryResolvers(list), _service: () => ({ sdl }) } };
}
