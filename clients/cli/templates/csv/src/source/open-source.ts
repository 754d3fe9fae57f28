import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import type { EnrolmentStore } from '../store/enrolment-store.ts';
import { openDatabase } from '../store/open-database.ts';
import { createSqliteEnrolmentStore } from '../store/sqlite-enrolment-store.ts';
import { stateMigrations } from '../store/state-migrations.ts';
import { startDropFolder } from './drop-folder.ts';
import { createIngest } from './ingest-file.ts';
import { readMapping } from './mapping.ts';

/** What this source reads of the environment, beside what every subgraph reads. */
export const sourceConfig = {
  /** Where your management software puts its exports: the whole table, every time. */
  DROP_FOLDER: z.string().min(1).default('data/drop'),
  MAPPING_FILE: z.string().min(1).default('mapping.json'),
  STATE_FILE: z.string().min(1).default('state/subgraph.sqlite'),
  CSV_DELIMITER: z.string().length(1).default(';'),
  CSV_ENCODING: z.enum(['utf-8', 'windows-1252']).default('utf-8'),
  POLL_SECONDS: z.coerce.number().min(0.05).max(3_600).default(5),
  /** After how long without a new file the data count as stale. */
  STALE_AFTER_HOURS: z.coerce.number().min(1).max(8_760).default(48),
};
export type SourceSettings = Readonly<z.infer<z.ZodObject<typeof sourceConfig>>> & {
  readonly SECTOR_KEY_SECRET: string;
};

export interface SourceSurroundings {
  readonly logger: FastifyBaseLogger;
  readonly now: () => Date;
}

/** Opens the copy made of the last good file, and watches the folder for the next. */
export async function openSource(
  config: SourceSettings,
  { logger, now }: SourceSurroundings,
): Promise<EnrolmentStore> {
  const mapping = readMapping(config.MAPPING_FILE);
  const database = openDatabase(config.STATE_FILE, stateMigrations);
  const store = createSqliteEnrolmentStore(database, {
    now,
    staleAfterMs: config.STALE_AFTER_HOURS * 3_600_000,
  });
  const drop = await startDropFolder({
    folder: config.DROP_FOLDER,
    accepts: (name) => /\.(csv|xlsx)$/iu.test(name),
    ingest: createIngest({
      database,
      mapping,
      sectorKeySecret: config.SECTOR_KEY_SECRET,
      csv: { delimiter: config.CSV_DELIMITER, encoding: config.CSV_ENCODING },
      logger,
    }),
    intervalMs: config.POLL_SECONDS * 1_000,
    logger,
  });
  return {
    ...store,
    async close() {
      await drop.close();
      await store.close();
    },
  };
}
