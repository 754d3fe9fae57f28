import { readFile, stat } from 'node:fs/promises';
import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import { enrolmentRecord, toEnrolment } from '../store/enrolment.ts';
import type { EnrolmentStore } from '../store/enrolment-store.ts';
import { createMemoryEnrolmentStore } from '../store/memory-enrolment-store.ts';

/** What this source reads of the environment, beside what every subgraph reads. */
export const sourceConfig = {
  DATA_FILE: z.string().min(1).default('data/enrolments.json'),
};

interface SourceSettings {
  readonly DATA_FILE: string;
  readonly SECTOR_KEY_SECRET: string;
}

interface SourceSurroundings {
  readonly logger: FastifyBaseLogger;
  readonly now: () => Date;
}

/**
 * Opens the place the data are in: here a file of invented rows, read once. Replace it by your own store (a
 * database, the service of your management software), and keep the promises of `EnrolmentStore`.
 */
export async function openSource(
  { DATA_FILE, SECTOR_KEY_SECRET }: SourceSettings,
  { logger }: SourceSurroundings,
): Promise<EnrolmentStore> {
  const given = z
    .array(z.unknown())
    .max(100_000)
    .parse(JSON.parse(await readFile(DATA_FILE, 'utf8')));
  const read = given.map((row) => enrolmentRecord.safeParse(row));
  const accepted = read.flatMap(({ data }) => (data ? [data] : []));
  for (const [index, row] of read.entries()) {
    if (row.success) continue;
    const reasons = row.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    logger.warn({ row: index + 1, reasons }, 'a row was left out');
  }
  return createMemoryEnrolmentStore(
    accepted.map((record) => toEnrolment(record, SECTOR_KEY_SECRET)),
    {
      asOf: (await stat(DATA_FILE)).mtime.toISOString(),
      completeness: given.length === 0 ? null : accepted.length / given.length,
      stale: false,
    },
  );
}
