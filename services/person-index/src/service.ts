import { readSubgraphSdl } from '@tavolo/schemas';
import { dateScalars, type Logger, type SourceStatus, startSubgraph } from '@tavolo/subgraph-kit';
import { createContext } from './context.ts';
import { deriveRef } from './derive-ref.ts';
import type { PartnerTokens } from './enrolment/authenticate-partner.ts';
import { enrolmentRoutes } from './enrolment/enrolment-routes.ts';
import type { Resolvers } from './generated/resolver-types.ts';
import { createIdentifierMatcher } from './match/identifier-matcher.ts';
import { Household } from './resolvers/household.ts';
import { Person } from './resolvers/person.ts';
import { EnrolledRecords, Query } from './resolvers/person-index-status.ts';
import { createPostgresPersonIndexStore } from './store/postgres-person-index-store.ts';

export interface PersonIndexOptions {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly poolSize: number;
  /** At least 32 characters; changing it changes every reference clients have seen. */
  readonly refSecret: string;
  readonly partnerTokens: PartnerTokens;
  readonly logger: Logger;
  readonly now?: () => Date;
}

export interface RunningPersonIndex {
  readonly url: string;
  close(): Promise<void>;
}

const resolvers: Resolvers = {
  DateTime: dateScalars.DateTime,
  Person,
  Household,
  EnrolledRecords,
  Query,
};

/** Serves the person index: the graph on `/graphql`, the institutions' enrolment on `/enrolment`. */
export async function startPersonIndex(options: PersonIndexOptions): Promise<RunningPersonIndex> {
  const { logger, refSecret, partnerTokens } = options;
  const store = createPostgresPersonIndexStore({
    databaseUrl: options.databaseUrl,
    poolSize: options.poolSize,
    matcher: createIdentifierMatcher(),
    now: options.now ?? (() => new Date()),
    onConnectionLost: (err) => logger.warn({ err }, 'database connection lost'),
  });
  const subgraph = await startSubgraph({
    engine: 'mercurius',
    name: 'person-index',
    typeDefs: readSubgraphSdl('person-index'),
    resolvers,
    createContext: () => createContext(store, (type, id) => deriveRef(refSecret, type, id)),
    sourceStatus: async (): Promise<SourceStatus> => ({
      asOf: await store.lastEnrolmentAt(),
      completeness: null,
      stale: false,
    }),
    isReady: () => store.isReady(),
    host: options.host,
    port: options.port,
    logger,
    registerRoutes: enrolmentRoutes({
      store,
      partnerTokens,
      logError: (failure) => logger.error(failure, 'enrolment failed'),
    }),
  });
  return {
    url: subgraph.url,
    async close() {
      await subgraph.close();
      await store.close();
    },
  };
}
