import type { Logger } from '@tavolo/process-kit';
import { readSubgraphSdl } from '@tavolo/schemas';
import {
  type ContextKeys,
  dateScalars,
  type SourceStatus,
  startSubgraph,
} from '@tavolo/subgraph-kit';
import { createAccessLog } from './access-log.ts';
import { createContext } from './context.ts';
import { deriveRef } from './derive-ref.ts';
import { enrolmentRoutes } from './enrolment/enrolment-routes.ts';
import type { TokenHashes } from './find-token-owner.ts';
import type { Resolvers } from './generated/resolver-types.ts';
import type { Partner } from './partner.ts';
import { createPeopleCursors } from './people-cursor.ts';
import { createQualityReader } from './quality-reader.ts';
import { Household } from './resolvers/household.ts';
import { Person, PersonLinkage } from './resolvers/person.ts';
import {
  EnrolledRecords,
  InstitutionCount,
  LinkageQuality,
  LinksOfRule,
  PersonIndexStatus,
} from './resolvers/person-index-status.ts';
import { Query } from './resolvers/query.ts';
import { reviewRoutes } from './review/review-routes.ts';
import { TABLE_PURPOSE } from './store/person-refs.ts';
import { createPostgresPersonIndexStore } from './store/postgres-person-index-store.ts';
import { startUpkeep } from './upkeep.ts';

export interface PersonIndexOptions {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** The gateway's public keys, and the issuer it signs as where that is not the usual one. */
  readonly gatewayKeys: ContextKeys;
  readonly gatewayIssuer?: string;
  readonly databaseUrl: string;
  readonly poolSize: number;
  /** At least 32 characters; changing it changes every reference clients have seen. */
  readonly refSecret: string;
  readonly partnerTokens: TokenHashes<Partner>;
  /** Offices that look at doubtful pairs. */
  readonly reviewerTokens: TokenHashes<string>;
  /** At least 32 characters; seals what institutions enrol. */
  readonly storeSecret: string;
  /** Days for which what an institution has just learnt is not shared. */
  readonly embargoDays: number;
  /** Days after which the record of a closed file is forgotten. */
  readonly retentionDays: number;
  /** Hour of the day, UTC, at which everybody is linked anew. */
  readonly relinkHour: number;
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
  PersonLinkage,
  PersonIndexStatus,
  Household,
  EnrolledRecords,
  InstitutionCount,
  LinkageQuality,
  LinksOfRule,
  Query,
};

/** Who works with people, one by one; to everybody else nobody is in the index. */
const rolesWithPeople: ReadonlySet<string> = new Set(['case-worker', 'fact-loader']);

/** Serves the person index: the graph on `/graphql`, the institutions' enrolment on `/enrolment`. */
export async function startPersonIndex(options: PersonIndexOptions): Promise<RunningPersonIndex> {
  const { logger, refSecret, partnerTokens, reviewerTokens, now = () => new Date() } = options;
  const store = createPostgresPersonIndexStore({
    databaseUrl: options.databaseUrl,
    poolSize: options.poolSize,
    storeSecret: options.storeSecret,
    refSecret,
    embargoDays: options.embargoDays,
    retentionDays: options.retentionDays,
    now,
    random: Math.random,
    onConnectionLost: (err) => logger.warn({ err }, 'database connection lost'),
  });
  const accessLog = createAccessLog({
    store,
    now,
    logError: (err) => logger.error({ err }, 'accesses were not noted'),
  });
  const upkeep = startUpkeep({ store, now, logger, relinkHour: options.relinkHour });
  const quality = createQualityReader(store);
  const peopleCursors = createPeopleCursors(options.storeSecret);
  const subgraph = await startSubgraph({
    engine: 'mercurius',
    name: 'person-index',
    typeDefs: readSubgraphSdl('person-index'),
    resolvers,
    createContext: (_request, { purposeId: purpose, requestId, roles }) => {
      return createContext(store, {
        quality,
        maySeePeople: roles.some((role) => rolesWithPeople.has(role)),
        mayListPeople: roles.includes('fact-loader'),
        peopleCursor: peopleCursors(purpose),
        tableRefOf: (id) => deriveRef(refSecret, TABLE_PURPOSE, 'person', id),
        refOf: (type, id) => deriveRef(refSecret, purpose, type, id),
        noteAccess: (person) => accessLog.note(purpose, requestId, person),
      });
    },
    sourceStatus: async (): Promise<SourceStatus> => ({
      asOf: await store.lastEnrolmentAt(),
      completeness: null,
      stale: false,
      linkage: await quality(),
    }),
    isReady: () => store.isReady(),
    gatewayKeys: options.gatewayKeys,
    gatewayIssuer: options.gatewayIssuer,
    host: options.host,
    port: options.port,
    logger,
    registerRoutes(app) {
      enrolmentRoutes({
        store,
        partnerTokens,
        logError: (failure) => logger.error(failure, 'enrolment failed'),
      })(app);
      reviewRoutes({
        store,
        reviewerTokens,
        logError: (failure) => logger.error(failure, 'review failed'),
      })(app);
    },
  });
  return {
    url: subgraph.url,
    async close() {
      await upkeep.close();
      await subgraph.close();
      await accessLog.close();
      await store.close();
    },
  };
}
