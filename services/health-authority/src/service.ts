import path from 'node:path';
import { startDropFolder } from '@tavolo/feed-kit';
import { createLinkageKey, deriveSectorKey, startEnrolment } from '@tavolo/linkage';
import type { Logger } from '@tavolo/process-kit';
import { readSubgraphSdl } from '@tavolo/schemas';
import { startSubgraph } from '@tavolo/subgraph-kit';
import type { z } from 'zod';
import type { healthAuthorityConfig } from './config.ts';
import { createContext } from './context.ts';
import { createCommitQueue } from './feed/commit-queue.ts';
import { ingestFhirFile } from './feed/ingest-fhir-file.ts';
import { ingestHl7File } from './feed/ingest-hl7-file.ts';
import { startFhirPull } from './feed/start-fhir-pull.ts';
import { startMllpFeed } from './feed/start-mllp-feed.ts';
import { startRetention } from './feed/start-retention.ts';
import { peopleToEnrol } from './people-to-enrol.ts';
import { resolvers } from './resolvers/index.ts';
import { readHealthStatus } from './source-status.ts';
import { createLibsqlHealthFeedStore } from './store/libsql-health-feed-store.ts';
import { createLibsqlHealthStore } from './store/libsql-health-store.ts';
import { openHealthDatabase } from './store/open-health-database.ts';

export type HealthAuthorityConfig = Readonly<z.infer<z.ZodObject<typeof healthAuthorityConfig>>>;

export interface RunningHealthAuthority {
  readonly url: string;
  readonly mllpPort: number;
  /** Resolves once every dropped file that was there has been taken in. */
  filesTakenIn(): Promise<void>;
  close(): Promise<void>;
}

/** Starts store, feeds, enrolment and graph of the health authority. */
export async function startHealthAuthority(
  config: HealthAuthorityConfig,
  { logger, now = () => new Date() }: { readonly logger: Logger; readonly now?: () => Date },
): Promise<RunningHealthAuthority> {
  const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: config.TIME_ZONE });
  const dayOf = (instant: string) => dayFormat.format(new Date(instant));
  const database = openHealthDatabase(path.join(config.DATA_DIR, 'health-authority.sqlite'));
  const closers: (() => Promise<void>)[] = [async () => void database.close()];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const deriveId = (label: string, id: string) =>
      deriveSectorKey(config.SECTOR_KEY_SECRET, label, id);
    const feedStore = createLibsqlHealthFeedStore(database, { deriveId, dayOf });
    const store = createLibsqlHealthStore(database);
    const enrolment = startEnrolment({
      indexUrl: config.PERSON_INDEX_URL,
      token: config.PERSON_INDEX_TOKEN,
      linkageKey: createLinkageKey(config.LINKAGE_KEY_ID, config.LINKAGE_KEY),
      people: () => peopleToEnrol(store, { now, dayOf }),
      // The health authority keeps patients, not households.
      households: async function* () {},
      intervalMs: config.ENROLMENT_INTERVAL_MS,
      logger,
    });
    closers.push(() => enrolment.close());
    const onTakenIn = () => enrolment.changed();
    const retention = startRetention({
      store: feedStore,
      dropDir: config.DROP_DIR,
      rawDays: config.RAW_RETENTION_DAYS,
      now,
      logger,
    });
    closers.push(() => retention.close());

    const hl7 = {
      store: feedStore,
      conventions: { patientAuthority: config.PATIENT_AUTHORITY, timeZone: config.TIME_ZONE },
      now,
    };
    const fhir = { store: feedStore, conventions: { patientSystem: config.PATIENT_SYSTEM }, now };
    const drops = await startDropFolder({
      folder: config.DROP_DIR,
      accepts: (name) => /\.(hl7|json)$/i.test(name),
      intervalMs: config.DROP_INTERVAL_MS,
      logger,
      async ingest(file) {
        const isHl7 = file.name.toLowerCase().endsWith('.hl7');
        const outcome = await (isHl7 ? ingestHl7File(file, hl7) : ingestFhirFile(file, fhir));
        if (outcome.kind === 'ingested') onTakenIn();
        return outcome;
      },
    });
    closers.push(() => drops.close());
    const mllp = await startMllpFeed({
      ...hl7,
      host: config.HOST,
      port: config.MLLP_PORT,
      maxMessageBytes: config.MLLP_MAX_MESSAGE_BYTES,
      idleTimeoutMs: config.MLLP_IDLE_TIMEOUT_MS,
      queue: createCommitQueue(feedStore, { onCommitted: onTakenIn }),
      logger,
    });
    closers.push(() => mllp.close());
    logger.info({ mllpPort: mllp.port }, 'MLLP listening');
    if (config.FHIR_BASE_URL !== undefined) {
      const pull = startFhirPull({
        ...fhir,
        client: { baseUrl: withSlash(config.FHIR_BASE_URL), ...fhirClientLimits },
        pageSize: 200,
        maxPages: 500,
        overlapMs: 5 * 60_000,
        intervalMs: config.FHIR_PULL_INTERVAL_MS,
        onTakenIn,
        logger,
      });
      closers.push(() => pull.close());
    }
    const subgraph = await startSubgraph({
      engine: 'mercurius',
      name: 'health-authority',
      typeDefs: readSubgraphSdl('health-authority'),
      resolvers,
      createContext: (_request, caller) =>
        createContext(store, () => dayOf(now().toISOString()), caller),
      sourceStatus: () =>
        readHealthStatus(store, { now, dayOf, staleAfterHours: config.STALE_AFTER_HOURS }),
      isReady: () => store.isReady(),
      gatewayKeys: config.GATEWAY_KEYS,
      gatewayIssuer: config.GATEWAY_ISSUER,
      host: config.HOST,
      port: config.PORT,
      logger,
    });
    closers.push(() => subgraph.close());
    return { url: subgraph.url, mllpPort: mllp.port, filesTakenIn: () => drops.idle(), close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

const fhirClientLimits = {
  timeoutMs: 30_000,
  maxPageBytes: 32 * 1024 * 1024,
  maxAttempts: 5,
  maxRetryAfterMs: 120_000,
  firstRetryMs: 1_000,
};

function withSlash(url: string): URL {
  return new URL(url.endsWith('/') ? url : `${url}/`);
}
