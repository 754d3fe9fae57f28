import { type DroppedFile, readCsvRows } from '@tavolo/feed-kit';
import { isDay } from '@tavolo/subgraph-kit';
import type { RegisterKind } from '../store/registry-records.ts';
import { normaliseRunts, type RegisterFields, type RegisterLayout } from './register-definition.ts';

/** What a file's name says: which register, of which body, drawn on which day. */
export interface RegisterName {
  readonly kind: RegisterKind;
  /** Normalised RUNTS number; '' for the agreements. */
  readonly runtsNumber: string;
  readonly extractedOn: string;
}

const kindByPrefix: Readonly<Record<string, RegisterKind>> = {
  accordi: 'organisations',
  volontari: 'memberships',
  formazione: 'trainings',
  abbinamenti: 'matches',
  supervisioni: 'supervisions',
  attivita: 'activities',
};

/** Reads `<register>_<RUNTS>_<YYYY-MM-DD>.csv`, or `accordi_<YYYY-MM-DD>.csv`; null = not such a name. */
export function readRegisterName(fileName: string): RegisterName | null {
  const parts =
    /^([a-z]+)(?:_([A-Za-z0-9-]{2,24}))?_(\d{4}-\d{2}-\d{2})(?:_[a-z0-9]{1,8})?\.csv$/.exec(
      fileName,
    );
  const kind = kindByPrefix[parts?.[1] ?? ''];
  const extractedOn = parts?.[3] ?? '';
  const runtsNumber = normaliseRunts(parts?.[2] ?? '');
  if (kind === undefined || !isDay(extractedOn)) return null;
  if ((kind === 'organisations') !== (runtsNumber === '')) return null;
  return { kind, runtsNumber, extractedOn };
}

/** One row of a register; `columns` gives the heading of each field, for whoever has to correct it. */
export interface ParsedRow {
  readonly line: number;
  readonly fields: RegisterFields;
  readonly columns: RegisterLayout;
  readonly problem: string | null;
}

/**
 * Reads a register under whichever layout its heading fits best; a heading that fits none throws
 * `FeedFileError` naming the columns missing from the nearest one.
 */
export async function* parseRegister(
  file: DroppedFile,
  layouts: readonly RegisterLayout[],
): AsyncGenerator<ParsedRow> {
  const columns = nearestLayout(file.bytes, layouts);
  const rows = readCsvRows(file.bytes, {
    encoding: 'latin1',
    delimiter: ';',
    requiredColumns: Object.values(columns),
  });
  const absent: Record<string, string> = {};
  for (const field of layouts.flatMap((layout) => Object.keys(layout))) absent[field] = '';
  for await (const { line, cells, problem } of rows) {
    const fields = { ...absent };
    for (const [field, column] of Object.entries(columns)) fields[field] = cells[column] ?? '';
    yield { line, fields, columns, problem };
  }
}

function nearestLayout(bytes: Buffer, layouts: readonly RegisterLayout[]): RegisterLayout {
  const headingEnd = bytes.indexOf('\n');
  const heading = bytes
    .subarray(0, headingEnd === -1 ? bytes.length : headingEnd)
    .toString('latin1');
  const present = new Set(heading.split(';').map((column) => column.replaceAll('"', '').trim()));
  const missing = (layout: RegisterLayout) =>
    Object.values(layout).filter((column) => !present.has(column)).length /
    Object.keys(layout).length;
  return layouts.reduce((best, layout) => (missing(layout) < missing(best) ? layout : best));
}
