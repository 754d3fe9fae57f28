import { enrolmentRecord, toEnrolment } from '../store/enrolment.ts';
import type { RefusedRow, RowPlace, TakenRow } from '../store/replace-snapshot.ts';
import type { Mapping } from './mapping.ts';

/**
 * One row of the source, as text by column, brought to the schema's words. What breaks a rule is refused with the
 * field and the rule; columns that the mapping does not name are not looked at.
 */
export function readCells(
  cells: Readonly<Record<string, string | null | undefined>>,
  { columns, words }: Mapping,
  place: RowPlace,
  sectorKeySecret: string,
): TakenRow {
  const text = (name: string | null): string | null =>
    name === null ? null : (cells[name]?.trim() ?? '') || null;
  const word = <Value>(name: string | null, known: ReadonlyMap<string, Value>) => {
    const given = text(name);
    return given === null ? null : known.get(given.toLowerCase());
  };
  const read = enrolmentRecord.safeParse({
    localId: text(columns.localId) ?? '',
    personLocalId: text(columns.personLocalId) ?? '',
    kind: word(columns.kind, words.kind),
    status: word(columns.status, words.status),
    startedOn: toDay(text(columns.startedOn)),
    endedOn: toDay(text(columns.endedOn)),
    district: word(columns.district, words.district),
    isTargeted: word(columns.isTargeted, words.isTargeted),
  });
  if (read.success) {
    return { kind: 'accepted', enrolment: toEnrolment(read.data, sectorKeySecret), place };
  }
  const issue = read.error.issues[0];
  const refused: RefusedRow = {
    ...place,
    field: issue?.path[0] === undefined ? null : String(issue.path[0]),
    reason: issue?.message ?? 'breaks the form of a row',
  };
  return { kind: 'refused', refused };
}

/** `2026-11-22`, `2026-11-22 10:00:00` and `22/11/2026` are days; anything else is left to be refused. */
function toDay(text: string | null): string | null {
  if (text === null) return null;
  const italian = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u.exec(text);
  if (italian) {
    const [, day = '', month = '', year = ''] = italian;
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  }
  return /^\d{4}-\d{2}-\d{2}[T ]/u.test(text) ? text.slice(0, 10) : text;
}
