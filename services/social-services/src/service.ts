import { type LinkageKey, startEnrolment } from '@tavolo/linkage';
import type { Logger } from '@tavolo/process-kit';
import { readSubgraphSdl } from '@tavolo/schemas';
import { type ContextKeys, type SourceStatus, startSubgraph } from '@tavolo/subgraph-kit';
import { sql } from 'kysely';
import { createContext } from './context.ts';
import { readHouseholds, readPeople } from './enrolment/read-registry.ts';
import { createOpaqueIds } from './opaque-id.ts';
import { scanSource } from './quality/scan-source.ts';
import { startQualityScan } from './quality/start-quality-scan.ts';
import { resolvers } from './resolvers/index.ts';
import type { SocialService } from './social-service.ts';
import { createLegacyDatabase, type LegacyDatabase } from './store/legacy-database.ts';
import { createPostgresSocialServicesStore } from './store/postgres-social-services-store.ts';
import { romeDay } from './store/rome-time.ts';

export interface SocialServicesOptions {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** The gateway's public keys, and the issuer it signs as where that is not the usual one. */
  readonly gatewayKeys: ContextKeys;
  readonly gatewayIssuer?: string;
  readonly logger: Logger;
  readonly databaseUrl: string;
  readonly poolMax: number;
  readonly statementTimeoutMs: number;
  readonly services: readonly SocialService[];
  readonly sectorKeySecret: string;
  readonly scanIntervalMs: number;
  /** Absent: nobody is enrolled. */
  readonly enrolment?: {
    readonly indexUrl: string;
    readonly token: string;
    readonly linkageKey: LinkageKey;
    readonly intervalMs: number;
  };
  readonly now?: () => Date;
  /** Told the text of each statement sent to the database, without its parameters. */
  readonly onStatement?: (text: string) => void;
}

export interface RunningSocialServices {
  readonly url: string;
  /** Scans the source now, without waiting for the interval. */
  scanNow(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the service; the database need not be there yet, nor stay. */
export async function startSocialServices(
  options: SocialServicesOptions,
): Promise<RunningSocialServices> {
  const { logger, services, now = () => new Date(), onStatement, enrolment } = options;
  const ids = createOpaqueIds(options.sectorKeySecret);
  const database = createLegacyDatabase({
    databaseUrl: options.databaseUrl,
    poolMax: options.poolMax,
    statementTimeoutMs: options.statementTimeoutMs,
    logger,
    now,
    ...(onStatement ? { onStatement } : {}),
  });
  const store = createPostgresSocialServicesStore(database, services);
  const quality = startQualityScan({
    scan: () => scanSource(database, services, now),
    intervalMs: options.scanIntervalMs,
    retryMs: Math.min(options.scanIntervalMs, 5000),
    logger,
  });
  const enrolling = enrolment
    ? startEnrolment({
        ...enrolment,
        people: () => readPeople(database, ids, services, () => romeDay(now())),
        households: () => readHouseholds(database, ids),
        logger,
      })
    : null;
  const subgraph = await startSubgraph({
    engine: 'apollo',
    name: 'social-services',
    typeDefs: readSubgraphSdl('social-services'),
    resolvers,
    createContext: (_request, caller) => createContext({ store, ids, quality }, caller),
    sourceStatus: async () => statusOf(database, quality.latest()),
    isReady: async () => (await database.read(sql`select 1`)).length === 1,
    gatewayKeys: options.gatewayKeys,
    gatewayIssuer: options.gatewayIssuer,
    host: options.host,
    port: options.port,
    logger,
  });
  return {
    url: subgraph.url,
    scanNow: () => quality.scanNow(),
    async close() {
      await subgraph.close();
      await enrolling?.close();
      await quality.close();
      await database.close();
    },
  };
}

/** A live database is as fresh as its last answer; it is stale only while it does not answer. */
function statusOf(
  database: LegacyDatabase,
  quality: { readonly rows: number; readonly unreadable: number } | null,
): SourceStatus {
  return {
    asOf: database.lastReadAt(),
    completeness:
      quality === null || quality.rows === 0 ? null : 1 - quality.unreadable / quality.rows,
    stale: !database.isUp(),
  };
}
