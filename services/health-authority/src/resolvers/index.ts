import { dateScalars } from '@tavolo/subgraph-kit';
import type { Resolvers } from '../generated/resolver-types.ts';
import { HealthServiceSite } from './health-service-site.ts';
import { Person } from './person.ts';
import { Query } from './query.ts';

/** Everything else of the schema is a property of its row. */
export const resolvers: Resolvers = { ...dateScalars, Query, Person, HealthServiceSite };
