/** A cell as stored; a `Date` holds the sheet's wall clock in its UTC fields, since XLSX knows no time zone. */
export type CellValue = string | number | boolean | Date | null;

export interface SheetRow {
  /** Row number as the spreadsheet shows it, from 1. */
  readonly line: number;
  /** By column, from 0; may have holes. A merged range has its value in the top left cell only. */
  readonly cells: readonly (CellValue | undefined)[];
}

/** One worksheet; rows that hold nothing are left out. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly SheetRow[];
}

/** What a workbook may cost; everything is checked on what really comes out, not on what the file declares. */
export interface WorkbookLimits {
  readonly maxBytes: number;
  readonly maxEntries: number;
  readonly maxInflatedBytes: number;
  /** Inflated to compressed, looked at once a part is over one megabyte. */
  readonly maxRatio: number;
  readonly maxCells: number;
  /** Milliseconds for the whole workbook. */
  readonly deadlineMs: number;
}

/** Ten times the largest monthly workbook of a centre, and a hundredth of what would hurt. */
export const defaultWorkbookLimits: WorkbookLimits = {
  maxBytes: 32 * 1024 * 1024,
  maxEntries: 512,
  maxInflatedBytes: 128 * 1024 * 1024,
  maxRatio: 150,
  maxCells: 2_000_000,
  deadlineMs: 20_000,
};
