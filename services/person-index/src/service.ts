import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@tavolo/process-kit';
import { readSubgraphSdl } from '@tavolo/schemas';
import {
  type ContextKeys,
  type RunningSubgraph,
  type SourceStatus,
  startSubgraph,
} from '@tavolo/subgraph-kit';
import { createAccessLog } from './access-log.ts';
import { createContext } from './context.ts';
import { deriveRef } from './derive-ref.ts';
import { enrolmentRoutes } from './enrolment/enrolment-routes.ts';
import type { TokenHashes } from './find-token-owner.ts';
import type { Partner } from './partner.ts';
import { createPartnerDirectory, type PartnerList } from './partners/partner-directory.ts';
import { partnerRoutes } from './partners/partner-routes.ts';
import { withPartners } from './partners/partner-sdl.ts';
import { createPeopleCursors } from './people-cursor.ts';
import { createQualityReader } from './quality-reader.ts';
import { createResolvers } from './resolvers/create-resolvers.ts';
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
  /** Offices that take institutions in and out while the index runs. */
  readonly operatorTokens?: TokenHashes<string>;
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

/** Who works with people, one by one; to everybody else nobody is in the index. */
const rolesWithPeople: ReadonlySet<string> = new Set(['case-worker', 'fact-loader']);

/** Serves the person index: the graph on `/graphql`, the institutions' enrolment on `/enrolment`. */
export async function startPersonIndex(options: PersonIndexOptions): Promise<RunningPersonIndex> {
  const { logger, refSecret, partnerTokens, reviewerTokens, now = () => new Date() } = options;
  const { operatorTokens = {} } = options;
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
  const baseSdl = readSubgraphSdl('person-index');
  /** Null until it listens. */
  let replaceSchema: RunningSubgraph['replaceSchema'] | null = null;
  let served: PartnerList | undefined;
  const directory = createPartnerDirectory({
    store,
    now,
    onChange: serve,
    logError: (err, message) => logger.error({ err }, message),
  });
  /** What the operator publishes: removed partners are in it no more. */
  const publishedSdl = (list: PartnerList) => withPartners(baseSdl, list.enrolling);
  const schemaOf = (list: PartnerList) => ({
    // The published graph may still ask for the keys of those removed lately.
    typeDefs: withPartners(baseSdl, [...list.enrolling, ...list.removed]),
    resolvers: createResolvers(list, publishedSdl(list)),
  });
  /** Questions under way end as they began: what they asked for is in the next schema too. */
  function serve(list: PartnerList): void {
    if (replaceSchema === null || served === list) return;
    try {
      const { typeDefs, resolvers } = schemaOf(list);
      replaceSchema(typeDefs, resolvers);
      served = list;
      logger.info({ partners: list.names }, 'schema follows the partners');
    } catch (err) {
      logger.error({ err }, 'schema of the partners cannot be served; the one before stays');
    }
  }
  // It starts without its database; those it does not know yet come in with it.
  await firstOf(
    directory.refresh().catch((err: unknown) => {
      logger.warn({ err }, 'partners are not known yet: the database did not answer');
    }),
  );
  const startList = directory.current();
  const subgraph = await startSubgraph({
    engine: 'mercurius',
    name: 'person-index',
    ...schemaOf(startList),
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
        partnerTokens: () => ({ ...directory.tokens(), ...partnerTokens }),
        logError: (failure) => logger.error(failure, 'enrolment failed'),
      })(app);
      reviewRoutes({
        store,
        reviewerTokens,
        logError: (failure) => logger.error(failure, 'review failed'),
      })(app);
      partnerRoutes({
        store,
        directory,
        operatorTokens,
        takenTokens: [partnerTokens, reviewerTokens, operatorTokens].flatMap((tokens) =>
          Object.values(tokens).filter((hash) => hash !== undefined),
        ),
        sdl: () => publishedSdl(directory.current()),
        logger,
      })(app);
    },
  });
  replaceSchema = (typeDefs, resolvers) => subgraph.replaceSchema(typeDefs, resolvers);
  served = startList;
  // Somebody may have come in while it started.
  serve(directory.current());
  return {
    url: subgraph.url,
    async close() {
      await directory.close();
      await upkeep.close();
      await subgraph.close();
      await accessLog.close();
      await store.close();
    },
  };
}

const longestWaitMs = 6_000;

/** Waits for it, and not for long. */
async function firstOf(work: Promise<void>): Promise<void> {
  const waiting = new AbortController();
  const enough = delay(longestWaitMs, undefined, { signal: waiting.signal }).catch(() => undefined);
  await Promise.race([work, enough]);
  waiting.abort();
}
