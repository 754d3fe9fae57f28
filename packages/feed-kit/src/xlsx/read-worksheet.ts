import { FeedFileError } from '../feed-file-error.ts';
import { readXml } from './read-xml.ts';
import type { CellValue, SheetRow } from './sheet.ts';

/** What the worksheets of one workbook share; `cellsLeft` is used up over all of them. */
export interface WorkbookParts {
  readonly strings: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly startsIn1904: boolean;
  cellsLeft: number;
}

const dayMs = 86_400_000;
/** Day 0 as counted from 1 March 1900 on, which absorbs the leap day that 1900 never had. */
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);

/** Reads a worksheet's rows; a formula gives its last computed value. */
export function readWorksheet(xml: string, book: WorkbookParts): SheetRow[] {
  const rows: SheetRow[] = [];
  let line = 0;
  let cells: (CellValue | undefined)[] = [];
  let column = -1;
  let type = 'n';
  let style = 0;
  let value = '';
  let inValue = false;
  readXml(xml, {
    open(name, attributes) {
      switch (name) {
        case 'row':
          line = attributes['r'] === undefined ? line + 1 : Number(attributes['r']);
          cells = [];
          column = -1;
          break;
        case 'c':
          column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r']);
          type = attributes['t'] ?? 'n';
          style = Number(attributes['s'] ?? 0);
          value = '';
          break;
        case 'v':
        case 't':
          inValue = true;
          break;
      }
    },
    text(text) {
      if (inValue) value += text;
    },
    close(name) {
      switch (name) {
        case 'v':
        case 't':
          inValue = false;
          break;
        case 'c': {
          const read = readCell(type, value, style, book);
          if (read === null) break;
          book.cellsLeft -= 1;
          if (book.cellsLeft < 0) throw new FeedFileError('TOO_LARGE', 'too many cells');
          cells[column] = read;
          break;
        }
        case 'row':
          if (cells.length > 0) rows.push({ line, cells });
          break;
      }
    },
  });
  return rows;
}

function readCell(type: string, value: string, style: number, book: WorkbookParts): CellValue {
  if (value === '') return null;
  switch (type) {
    case 's':
      return book.strings[Number(value)] ?? null;
    case 'str':
    case 'inlineStr':
      return value;
    case 'b':
      return value === '1';
    case 'e':
      return null;
    case 'd':
      return new Date(value);
    default: {
      const number = Number(value);
      if (!Number.isFinite(number)) return null;
      if (book.dateStyles[style] !== true) return number;
      const epoch = book.startsIn1904 ? epoch1904 : epoch1900;
      return new Date(epoch + Math.round(number * dayMs));
    }
  }
}

/** `AB12` is column 27; a spreadsheet has no more than three letters. */
function columnOf(reference: string): number {
  let column = 0;
  for (let index = 0; index < 3; index += 1) {
    const code = reference.charCodeAt(index);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  if (column < 1 || column > 16_384) {
    throw new FeedFileError('MALFORMED', 'a cell lies outside the sheet');
  }
  return column - 1;
}
