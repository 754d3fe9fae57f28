import type { CellValue, Sheet, SheetRow } from '@tavolo/feed-kit';
import { foldText } from './facility-name.ts';
import { type PresenceRecord, type RowRefusal, readPresence } from './presence-record.ts';
import { readSheetTitle, type SheetTitle } from './read-sheet-title.ts';
import { type ColumnPlaces, missingColumns, readHeaderRow } from './sheet-columns.ts';

/** One centre's day as its sheet tells it. */
export interface PresenceSheet {
  readonly title: SheetTitle & {
    readonly managingBody: string;
    readonly centre: string;
    readonly municipality: string;
    readonly day: string;
  };
  readonly records: readonly PresenceRecord[];
  readonly refusals: readonly RowRefusal[];
  /** What the sheet's own totals row says. */
  readonly statedTotal: number | null;
}

export type ParsedSheet =
  | { readonly kind: 'sheet'; readonly sheet: PresenceSheet }
  | {
      readonly kind: 'refused';
      readonly refusal: Omit<RowRefusal, 'line'> & { line: number | null };
    }
  /** A cover, a legend, an empty tab. */
  | { readonly kind: 'no table' };

/**
 * Reads one tab. `inherited` is what the tabs before said (managing body, day): many workbooks write it
 * on the first only; a centre that is not named takes the tab's name.
 */
export function parsePresenceSheet(sheet: Sheet, inherited: SheetTitle): ParsedSheet {
  const header = findHeader(sheet.rows);
  if (header === null) return { kind: 'no table' };
  const title = completeTitle(
    readSheetTitle(sheet.rows.slice(0, header.index)),
    inherited,
    sheet.name,
  );
  const refuse = (field: string, reason: string): ParsedSheet => ({
    kind: 'refused',
    refusal: { line: header.line, field, reason },
  });
  const missing = missingColumns(header.places);
  if (missing.length > 0) return refuse(missing.join(', '), `missing column ${missing.join(', ')}`);
  const { managingBody, municipality, day, centre } = title;
  if (managingBody === undefined) return refuse('managing body', 'not stated above the table');
  if (municipality === undefined) return refuse('municipality', 'not stated above the table');
  if (day === undefined) return refuse('day', 'not stated above the table, or not a day');
  const records: PresenceRecord[] = [];
  const refusals: RowRefusal[] = [];
  let statedTotal: number | null = null;
  for (const { line, cells } of sheet.rows.slice(header.index + 1)) {
    const total = readTotal(cells);
    if (total !== undefined) {
      statedTotal = total;
      continue;
    }
    if (isFootnote(cells, header.places)) continue;
    const row = readPresence(line, cells, header.places, day);
    if (row.kind === 'read') records.push(row.record);
    else refusals.push(row.refusal);
  }
  return {
    kind: 'sheet',
    sheet: {
      title: { ...title, managingBody, municipality, day, centre },
      records,
      refusals,
      statedTotal,
    },
  };
}

function findHeader(
  rows: readonly SheetRow[],
): { index: number; line: number; places: ColumnPlaces } | null {
  for (const [index, { line, cells }] of rows.entries()) {
    const places = readHeaderRow(cells);
    if (places !== null) return { index, line, places };
  }
  return null;
}

function completeTitle(
  own: SheetTitle,
  inherited: SheetTitle,
  tab: string,
): SheetTitle & { centre: string } {
  const managingBody = own.managingBody ?? inherited.managingBody;
  const day = own.day ?? inherited.day;
  return {
    ...own,
    ...(managingBody === undefined ? {} : { managingBody }),
    ...(day === undefined ? {} : { day }),
    centre: own.centre ?? tab,
  };
}

/** `undefined` for a row that is no totals row, null for one without a number. */
function readTotal(cells: readonly (CellValue | undefined)[]): number | null | undefined {
  const at = cells.findIndex(
    (cell) => typeof cell === 'string' && /^tot(ale)?\b/u.test(foldText(cell)),
  );
  if (at === -1) return undefined;
  const inText = /(\d+)\s*$/u.exec(String(cells[at]));
  if (inText) return Number(inText[1]);
  const number = cells.slice(at + 1).find((cell) => typeof cell === 'number');
  return typeof number === 'number' ? number : null;
}

/** A remark below the table fills one cell, and not one that tells who somebody is. */
function isFootnote(cells: readonly (CellValue | undefined)[], places: ColumnPlaces): boolean {
  const filled = cells.flatMap((cell, index) =>
    cell === undefined || cell === null || cell === '' ? [] : [index],
  );
  if (filled.length === 0) return true;
  const telling = (['cui', 'vestanet', 'fiscalCode'] as const).map((name) => places.get(name));
  return filled.length === 1 && !telling.includes(filled[0]);
}
