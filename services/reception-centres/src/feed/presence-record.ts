import type { CellValue } from '@tavolo/feed-kit';
import type { PersonAttributes } from '@tavolo/linkage';
import { foldText } from './facility-name.ts';
import { readPersonAttributes } from './person-attributes.ts';
import { type LocalIdentifier, readCode, readIdentifiers } from './person-record.ts';
import { readDay } from './read-day.ts';
import { readTime } from './read-time.ts';
import { romeInstant } from './rome-instant.ts';
import type { ColumnPlaces, SheetColumn } from './sheet-columns.ts';

/** One guest on one day. */
export interface PresenceRecord {
  readonly line: number;
  readonly guest: string | null;
  readonly identifiers: readonly LocalIdentifier[];
  readonly identifiersIgnored: number;
  /** For the encoder only; see `person-attributes.ts`. */
  readonly attributes: PersonAttributes;
  readonly present: boolean;
  readonly entryOn: string | null;
  readonly entryAt: string | null;
  readonly exitOn: string | null;
  readonly household: string | null;
}

/** Why a row was left out: the column's meaning and the rule, never the value. */
export interface RowRefusal {
  readonly line: number;
  readonly field: string | null;
  readonly reason: string;
}

export type PresenceRow =
  | { readonly kind: 'read'; readonly record: PresenceRecord }
  | { readonly kind: 'refused'; readonly refusal: RowRefusal };

const yes: ReadonlySet<string> = new Set(['si', 's', 'x', '1', 'p', 'presente', 'true', 'v', 'ok']);
const no: ReadonlySet<string> = new Set(['no', 'n', '0', 'a', 'assente', 'false', 'ass']);

/** Reads one row of the table for the sheet of `day`. */
export function readPresence(
  line: number,
  cells: readonly (CellValue | undefined)[],
  places: ColumnPlaces,
  day: string,
): PresenceRow {
  const refuse = (field: string, reason: string): PresenceRow => ({
    kind: 'refused',
    refusal: { line, field, reason },
  });
  const cell = (column: SheetColumn) => cells[places.get(column) ?? -1];
  const guest = readCode(cell('guest'));
  const { identifiers, ignored } = readIdentifiers({
    cui: cell('cui'),
    vestanet: cell('vestanet'),
    fiscalCode: cell('fiscalCode'),
    permit: cell('permit'),
  });
  if (guest === null && identifiers.every(({ kind }) => kind === 'PERMIT')) {
    return refuse('guest number', 'neither a guest number nor an identifier');
  }
  const present = readPresent(cell);
  if (present === null) return refuse('presence', 'not a mark of presence or absence');
  const entryOn = readOptionalDay(cell('entryDay'));
  if (entryOn === undefined) return refuse('entry day', 'not a day');
  if (entryOn !== null && entryOn > day) return refuse('entry day', 'after the day of the sheet');
  const exitOn = readOptionalDay(cell('exitDay'));
  if (exitOn === undefined) return refuse('exit day', 'not a day');
  if (exitOn !== null && entryOn !== null && exitOn < entryOn) {
    return refuse('exit day', 'before the day of entry');
  }
  if (readOptionalDay(cell('birth')) === undefined) return refuse('birth date', 'not a day');
  const time = readTime(cell('entryTime'));
  if (time === null && !isEmpty(cell('entryTime'))) return refuse('entry time', 'not an hour');
  const entryAt = entryOn !== null && time !== null ? romeInstant(entryOn, time) : null;
  const household = readCode(cell('household'));
  return {
    kind: 'read',
    record: {
      line,
      guest,
      identifiers,
      identifiersIgnored: ignored,
      attributes: readPersonAttributes(
        {
          name: cell('name'),
          familyName: cell('familyName'),
          givenName: cell('givenName'),
          birth: cell('birth'),
          sex: cell('sex'),
          citizenship: cell('citizenship'),
        },
        day,
      ),
      present,
      entryOn,
      entryAt,
      exitOn,
      household,
    },
  };
}

function readPresent(cell: (column: SheetColumn) => CellValue | undefined): boolean | null {
  const mark = cell('present');
  if (!isEmpty(mark)) {
    if (typeof mark === 'boolean') return mark;
    const text = foldText(String(mark));
    if (yes.has(text)) return true;
    return no.has(text) ? false : null;
  }
  const nights = cell('nights');
  if (!isEmpty(nights)) {
    const count = Number(nights);
    return Number.isInteger(count) && count >= 0 ? count > 0 : null;
  }
  return !isEmpty(cell('signature'));
}

/** Null for an empty cell, `undefined` for one that holds no day. */
function readOptionalDay(cell: CellValue | undefined): string | null | undefined {
  return isEmpty(cell) ? null : (readDay(cell) ?? undefined);
}

function isEmpty(cell: CellValue | undefined): boolean {
  return cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '');
}
