import { randomUUID } from 'node:crypto';
import type { EnrolmentReceipt, EnrolmentSubject } from '@tavolo/linkage';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { Matcher } from '../match/matcher.ts';
import type { Partner } from '../partner.ts';
import type { IndexDatabase } from './index-database.ts';
import { migrate, WRITER_LOCK } from './migrations.ts';
import type { PersonIndexStore } from './person-index-store.ts';
import {
  readClustersByIds,
  readClustersBySectorKeys,
  readHouseholdsByPersonIds,
} from './read-clusters.ts';
import {
  readEpoch,
  readFigures,
  readLastEnrolmentAt,
  readManifest,
  readStatus,
} from './read-figures.ts';
import { type RecordChanges, relink } from './relink.ts';
import { createTableStatistics } from './table-statistics.ts';
import { deleteRecords, type WriteScope, writeRecords } from './write-records.ts';

export interface PostgresPersonIndexStoreOptions {
  readonly databaseUrl: string;
  readonly poolSize: number;
  readonly matcher: Matcher;
  readonly now: () => Date;
  /** Told of every statement, without its values. */
  readonly onStatement?: (statement: string) => void;
  /** Told when an idle connection breaks; the next read opens another. */
  readonly onConnectionLost?: (cause: Error) => void;
}

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 60_000;

/** The index in PostgreSQL; connects and migrates at the first need, so it starts without its database. */
export function createPostgresPersonIndexStore(
  options: PostgresPersonIndexStoreOptions,
): PersonIndexStore {
  const { matcher, now } = options;
  const pool = new Pool({
    connectionString: options.databaseUrl,
    max: options.poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
  });
  // Without a listener a database restart would end this process.
  pool.on('error', (cause) => options.onConnectionLost?.(cause));
  const db = new Kysely<IndexDatabase>({
    dialect: new PostgresDialect({ pool }),
    log: (event) => options.onStatement?.(event.query.sql),
  });
  const statistics = createTableStatistics();
  let migrated: Promise<void> | undefined;

  async function ready(): Promise<Kysely<IndexDatabase>> {
    migrated ??= migrate(db).catch((cause: unknown) => {
      migrated = undefined;
      throw cause;
    });
    await migrated;
    return db;
  }

  /** Writers take turns: two institutions enrolling the same person at once must see each other. */
  async function write(
    partner: Partner,
    subject: EnrolmentSubject,
    received: number,
    change: (scope: WriteScope) => Promise<RecordChanges>,
  ): Promise<EnrolmentReceipt> {
    return (await ready()).transaction().execute(async (transaction) => {
      await sql`SELECT pg_advisory_xact_lock(${WRITER_LOCK})`.execute(transaction);
      const changes = await change({ transaction, partner, subject });
      const changed = changes.added.length + changes.replaced.length + changes.removed.length;
      if (changed > 0) await relink(transaction, subject, changes, matcher, randomUUID);
      await statistics.noteChanges(transaction, changed);
      await sql`
        INSERT INTO person_index.enrolment (partner, last_at)
        VALUES (${partner}, ${now().toISOString()}::timestamptz)
        ON CONFLICT (partner) DO UPDATE SET last_at = excluded.last_at`.execute(transaction);
      return { epoch: await readEpoch(transaction), received, changed };
    });
  }

  return {
    enrol: (partner, subject, records) =>
      write(partner, subject, records.length, (scope) =>
        writeRecords(scope, records, now().toISOString(), randomUUID),
      ),
    remove: (partner, subject, sectorKeys) =>
      write(partner, subject, sectorKeys.length, (scope) => deleteRecords(scope, sectorKeys)),
    figures: async (partner) => readFigures(await ready(), partner),
    manifest: async (partner, subject, after, size) =>
      readManifest(await ready(), partner, subject, after, size),
    clustersBySectorKeys: async (subject, keys) =>
      readClustersBySectorKeys(await ready(), subject, keys),
    clustersByIds: async (subject, ids) => readClustersByIds(await ready(), subject, ids),
    householdsByPersonIds: async (ids) => readHouseholdsByPersonIds(await ready(), ids),
    status: async () => readStatus(await ready()),
    lastEnrolmentAt: async () => readLastEnrolmentAt(await ready()),
    async isReady() {
      await sql`SELECT 1`.execute(await ready());
      return true;
    },
    close: () => db.destroy(),
  };
}
