import { Readable } from 'node:stream';
import exceljs from 'exceljs';
import { FileProblem, type SourceRow, toCells } from './file-problem.ts';

/** An XLSX file is compressed: a small one can hold more than anybody wants to read. */
const maxBytes = 16 * 1024 * 1024;
const maxColumns = 200;

/** Reads the first sheet of a workbook row by row; its first row that is not empty is the header. */
export async function* readXlsxRows(bytes: Buffer): AsyncGenerator<SourceRow> {
  if (bytes.length > maxBytes) throw new FileProblem(`is larger than ${maxBytes} bytes`);
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK')
    throw new FileProblem('is no XLSX workbook');
  const reader = new exceljs.stream.xlsx.WorkbookReader(
    Readable.from(bytes, { objectMode: false }),
    {
      worksheets: 'emit',
      sharedStrings: 'cache',
      styles: 'cache',
      hyperlinks: 'ignore',
      entries: 'ignore',
    },
  );
  let header: readonly string[] | undefined;
  for await (const sheet of reader) {
    for await (const row of sheet) {
      const cells: string[] = [];
      for (let column = 1; column <= Math.min(row.cellCount, maxColumns); column += 1) {
        cells.push(textOf(row.getCell(column).value));
      }
      if (cells.every((cell) => cell === '')) continue;
      if (header === undefined) header = cells;
      else yield { line: row.number, cells: toCells(header, cells) };
    }
    return;
  }
}

/** Dates as days, formulas as their results, anything odd as nothing. */
function textOf(value: exceljs.CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'object') {
    if ('result' in value) return textOf(value.result as exceljs.CellValue); // its type leaves dates out
    if ('richText' in value)
      return value.richText
        .map(({ text }) => text)
        .join('')
        .trim();
    return 'text' in value ? value.text.trim() : '';
  }
  return String(value).trim();
}
