import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import { describeError } from '../hub/errors.ts';
import type { EnrolmentStore } from '../store/enrolment-store.ts';
import { openDatabase } from '../store/open-database.ts';
import { replaceSnapshot } from '../store/replace-snapshot.ts';
import { createSqliteEnrolmentStore } from '../store/sqlite-enrolment-store.ts';
import { stateMigrations } from '../store/state-migrations.ts';
import { readMapping } from './mapping.ts';
import { openInventedDatabase, openPostgres } from './open-sql.ts';
import { readTable } from './read-table.ts';

/** What this source reads of the environment, beside what every subgraph reads. */
export const sourceConfig = {
  /** PostgreSQL with a user that may only read; empty = the invented table of data/, in this process. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//u, { error: 'must be postgres://user:password@host/database' })
    .optional(),
  /** `table` or `schema.table`; a view made for the hub is best. */
  TABLE: z
    .string()
    .regex(/^\w+(\.\w+)?$/u)
    .default('iscrizioni'),
  MAPPING_FILE: z.string().min(1).default('mapping.json'),
  STATE_FILE: z.string().min(1).default('state/subgraph.sqlite'),
  /** How often the table is read anew. */
  REFRESH_SECONDS: z.coerce.number().min(1).max(86_400).default(300),
};
export type SourceSettings = Readonly<z.infer<z.ZodObject<typeof sourceConfig>>> & {
  readonly SECTOR_KEY_SECRET: string;
};

export interface SourceSurroundings {
  readonly logger: FastifyBaseLogger;
  readonly now: () => Date;
}

/**
 * Answers from a copy of the table, made again every few minutes: questions of the hub never load the database your
 * colleagues work on, and its being down makes the answers stale and not absent.
 */
export async function openSource(
  config: SourceSettings,
  { logger, now }: SourceSurroundings,
): Promise<EnrolmentStore> {
  const mapping = readMapping(config.MAPPING_FILE);
  const state = openDatabase(config.STATE_FILE, stateMigrations);
  const store = createSqliteEnrolmentStore(state, {
    now,
    staleAfterMs: config.REFRESH_SECONDS * 3_000,
  });
  const source = config.DATABASE_URL
    ? openPostgres(config.DATABASE_URL, logger)
    : await openInventedDatabase();
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  const refresh = async () => {
    const asOf = now().toISOString();
    const place = { table: config.TABLE, mapping, sectorKeySecret: config.SECTOR_KEY_SECRET };
    try {
      const counts = await replaceSnapshot(state, readTable(source, place), { asOf, digest: null });
      logger.info(counts, 'the table was read');
    } catch (error) {
      logger.error(
        describeError(error),
        'the table cannot be read: what was read last is answered',
      );
    }
  };
  let round = refresh();
  await round;
  const schedule = () => {
    timer = setTimeout(() => {
      round = refresh().then(() => (closed ? undefined : schedule()));
    }, config.REFRESH_SECONDS * 1_000);
  };
  schedule();
  return {
    ...store,
    async close() {
      closed = true;
      clearTimeout(timer);
      await round;
      await source.destroy();
      await store.close();
    },
  };
}
