import type { FastifyBaseLogger } from 'fastify';
import type { StateDatabase } from '../store/open-database.ts';
import { currentDigest, replaceSnapshot, type TakenRow } from '../store/replace-snapshot.ts';
import { type CsvFormat, readCsvRows } from './csv-rows.ts';
import type { DropOutcome, DroppedFile } from './drop-folder.ts';
import { FileProblem, requireColumns, type SourceRow } from './file-problem.ts';
import type { Mapping } from './mapping.ts';
import { readCells } from './read-cells.ts';
import { readXlsxRows } from './xlsx-rows.ts';

/** More rows than these are no export of ours. */
const maxRows = 200_000;

export interface IngestOptions {
  readonly database: StateDatabase;
  readonly mapping: Mapping;
  readonly sectorKeySecret: string;
  readonly csv: CsvFormat;
  readonly logger: FastifyBaseLogger;
}

/**
 * A file is the whole table: it replaces what was there, in one step. Rows that break a rule go to quarantine; a
 * file of which no row can be taken is rejected, and what was there stays. The same file twice changes nothing.
 */
export function createIngest(options: IngestOptions): (file: DroppedFile) => Promise<DropOutcome> {
  const { database, mapping, logger } = options;
  const needed = Object.values(mapping.columns).filter((name) => name !== null);
  return async (file) => {
    if (currentDigest(database) === file.sha256) return { kind: 'taken' };
    const rows = /\.xlsx$/iu.test(file.name)
      ? readXlsxRows(file.bytes)
      : readCsvRows(file.bytes, options.csv);
    try {
      const counts = await replaceSnapshot(database, takeRows(rows, file.name, needed, options), {
        asOf: file.modifiedAt,
        digest: file.sha256,
      });
      logger.info({ file: file.name, ...counts }, 'a dropped file was taken');
      return { kind: 'taken' };
    } catch (error) {
      if (error instanceof FileProblem) return { kind: 'rejected', reason: error.message };
      throw error;
    }
  };
}

async function* takeRows(
  rows: AsyncIterable<SourceRow>,
  source: string,
  needed: readonly string[],
  { mapping, sectorKeySecret }: IngestOptions,
): AsyncGenerator<TakenRow> {
  let count = 0;
  let accepted = 0;
  for await (const { line, cells } of rows) {
    if (count === 0) requireColumns(cells, needed);
    count += 1;
    if (count > maxRows) throw new FileProblem(`has more than ${maxRows} rows`);
    const row = readCells(cells, mapping, { source, line }, sectorKeySecret);
    if (row.kind === 'accepted') accepted += 1;
    yield row;
  }
  if (accepted === 0) {
    throw new FileProblem(
      count === 0
        ? 'has no rows'
        : 'has no row that can be taken: is it the right file, and mapping.json right?',
    );
  }
}
