import { stringify } from 'csv-stringify/sync';
import type { ReportSnapshot } from '../snapshot.ts';
import { figureColumns } from './figure-columns.ts';

/** What spreadsheets take for a formula. */
const formulaStart = /^[=+\-@\t\r＝＋－＠]/u;

/**
 * All figures of a report, one a row, RFC 4180 in UTF-8 with a byte order mark (spreadsheets guess wrong
 * without). Text that a spreadsheet would run is prefixed with an apostrophe; numbers stay numbers.
 */
export function renderCsv(report: ReportSnapshot): string {
  const definitions = new Map(report.indicators.map((definition) => [definition.id, definition]));
  const rows = report.values.flatMap((figure) => {
    const definition = definitions.get(figure.indicator);
    return definition === undefined
      ? []
      : [figureColumns.map(({ of }) => of({ report, definition, figure }))];
  });
  return write([figureColumns.map(({ name }) => name), ...rows]);
}

/** What each column of the CSV holds, in Italian and English. */
export function renderDataDictionary(): string {
  return write([
    ['column', 'type', 'descrizione', 'description'],
    ...figureColumns.map(({ name, type, it, en }) => [name, type, it, en]),
  ]);
}

function write(rows: readonly (readonly (string | number | null)[])[]): string {
  return stringify(
    rows.map((row) => row.map(withoutFormula)),
    { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/u },
  );
}

function withoutFormula(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return formulaStart.test(value) ? `'${value}` : value;
}
