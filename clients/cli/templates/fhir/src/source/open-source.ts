import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import type { EnrolmentStore } from '../store/enrolment-store.ts';
import { feedMigrations } from '../store/feed-migrations.ts';
import { createFeedWriter } from '../store/feed-writer.ts';
import { openDatabase } from '../store/open-database.ts';
import { createSqliteEnrolmentStore } from '../store/sqlite-enrolment-store.ts';
import { readCodes } from './codes.ts';
import { startDropFolder } from './drop-folder.ts';
import { createHl7Intake } from './hl7-intake.ts';
import { createFhirIngest } from './ingest-fhir-file.ts';
import { startMllpListener } from './mllp-listener.ts';

/** What this source reads of the environment, beside what every subgraph reads. */
export const sourceConfig = {
  /** HL7 v2 over MLLP: no TLS and no login of its own, so this machine or a network of nothing else. */
  MLLP_HOST: z.string().min(1).max(253).default('127.0.0.1'),
  MLLP_PORT: z.coerce.number().int().min(0).max(65_535).default(2576),
  /** FHIR R4: bundles (.json) and bulk exports (.ndjson). */
  DROP_FOLDER: z.string().min(1).default('data/drop'),
  CODES_FILE: z.string().min(1).default('codes.json'),
  STATE_FILE: z.string().min(1).default('state/subgraph.sqlite'),
  POLL_SECONDS: z.coerce.number().min(0.05).max(3_600).default(5),
  /** After how long without a message the data count as stale. */
  STALE_AFTER_HOURS: z.coerce.number().min(1).max(8_760).default(24),
};
export type SourceSettings = Readonly<z.infer<z.ZodObject<typeof sourceConfig>>> & {
  readonly SECTOR_KEY_SECRET: string;
};

export interface SourceSurroundings {
  readonly logger: FastifyBaseLogger;
  readonly now: () => Date;
}

/** How long control ids are remembered, and quarantined messages kept. */
const keptDays = 90;
const tidyEveryMs = 6 * 3_600_000;

/** Listens for HL7 messages, watches the folder of FHIR files, and answers from what they said. */
export async function openSource(
  config: SourceSettings,
  { logger, now }: SourceSurroundings,
): Promise<EnrolmentStore> {
  const codes = readCodes(config.CODES_FILE);
  const database = openDatabase(config.STATE_FILE, feedMigrations);
  const store = createSqliteEnrolmentStore(database, {
    now,
    staleAfterMs: config.STALE_AFTER_HOURS * 3_600_000,
  });
  const writer = createFeedWriter(database, { sectorKeySecret: config.SECTOR_KEY_SECRET, now });
  const tidy = () => writer.forgetBefore(new Date(now().getTime() - keptDays * 86_400_000));
  tidy();
  const tidying = setInterval(tidy, tidyEveryMs);
  const drop = await startDropFolder({
    folder: config.DROP_FOLDER,
    accepts: (name) => /\.(json|ndjson)$/iu.test(name),
    ingest: createFhirIngest(writer, codes),
    intervalMs: config.POLL_SECONDS * 1_000,
    logger,
  });
  const mllp = await startMllpListener({
    host: config.MLLP_HOST,
    port: config.MLLP_PORT,
    handle: createHl7Intake(writer, codes, now),
    logger,
  });
  logger.info({ port: mllp.port }, 'listening for HL7');
  return {
    ...store,
    async close() {
      clearInterval(tidying);
      await mllp.close();
      await drop.close();
      await store.close();
    },
  };
}
