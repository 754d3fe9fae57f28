import { setImmediate } from 'node:timers/promises';
import { readCsvRows } from '@tavolo/feed-kit';
import type { PersonAttributes } from '@tavolo/linkage';
import type { z } from 'zod';
import type { DropTransaction } from '../store/reception-feed-store.ts';
import type { IncomingFile, Ingested } from './ingest-drop.ts';
import { readPersonAttributes } from './person-attributes.ts';
import {
  extensionRecord,
  guestRecord,
  immediateReceptionRecord,
  serviceRecord,
  stepRecord,
  structureRecord,
} from './sai-records.ts';
import { type RowResult, type RowWriter, writers } from './write-export-row.ts';

const records = {
  STRUTTURE: structureRecord,
  ACCOGLIENZE: guestRecord,
  ITER: stepRecord,
  PROROGHE: extensionRecord,
  SERVIZI: serviceRecord,
  PRONTA_ACCOGLIENZA: immediateReceptionRecord,
} as const;

/** The exports of the SAI data bank and of the desks, by the word in their file name. */
export type ExportKind = keyof typeof records;

export function isExportKind(word: string): word is ExportKind {
  return word in records;
}

/** Rows written before the graph gets its turn: a few milliseconds. */
const rowsPerTurn = 25;

/** Writes an export row by row; a row that breaks a rule is refused alone, naming its first wrong column. */
export async function ingestExport(
  kind: ExportKind,
  { file, day }: IncomingFile,
  transaction: DropTransaction,
): Promise<Ingested> {
  const record: z.ZodType = records[kind];
  // One writer belongs to one record: the table below pairs them by key.
  const write = writers[kind] as RowWriter<unknown>;
  const rejections: Ingested['rejections'][number][] = [];
  let accepted = 0;
  let identifiersIgnored = 0;
  const rows = readCsvRows(file.bytes, {
    encoding: 'windows-1252',
    delimiter: ';',
    requiredColumns: Object.keys(records[kind].shape),
  });
  let read = 0;
  for await (const { line, cells, problem } of rows) {
    read += 1;
    if (read % rowsPerTurn === 0) await setImmediate();
    if (problem !== null) {
      rejections.push({ line, field: null, reason: problem });
      continue;
    }
    const parsed = record.safeParse(cells);
    const result: RowResult = parsed.success
      ? write(parsed.data, { exportDay: day, transaction, attributes: attributesOf(cells, day) })
      : { kind: 'refused', ...firstIssue(parsed.error) };
    if (result.kind === 'refused') {
      rejections.push({ line, field: result.field, reason: result.reason });
    } else {
      accepted += 1;
      identifiersIgnored += result.identifiersIgnored;
    }
  }
  return { accepted, identifiersIgnored, rejections, dataDay: day };
}

/** Columns that any export may have; they are never required and never refuse a row. */
function attributesOf(cells: Readonly<Record<string, string>>, day: string): PersonAttributes {
  const { COGNOME, NOME, DATA_NASCITA, SESSO, CITTADINANZA } = cells;
  return readPersonAttributes(
    {
      familyName: COGNOME,
      givenName: NOME,
      birth: DATA_NASCITA,
      sex: SESSO,
      citizenship: CITTADINANZA,
    },
    day,
  );
}

function firstIssue(error: z.ZodError): { field: string | null; reason: string } {
  const [issue] = error.issues;
  // Messages are those of the records: they never hold the value.
  return { field: issue?.path.join('.') || null, reason: issue?.message ?? 'not valid' };
}
