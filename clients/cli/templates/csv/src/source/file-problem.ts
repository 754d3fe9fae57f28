/** A file that is not taken as a whole; the message names columns and lines, never a value. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
}

/** One row as text by column; `line` as people count: the header is line 1. */
export interface SourceRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Throws when a column the mapping names is not in the header. */
export function requireColumns(
  cells: Readonly<Record<string, string>>,
  needed: readonly string[],
): void {
  const missing = needed.filter((name) => !Object.hasOwn(cells, name));
  if (missing.length > 0) {
    throw new FileProblem(`has no column ${missing.join(', ')}, which mapping.json names`);
  }
}

/** Cells by the header's names, compared after trimming; missing ones read as empty. */
export function toCells(
  header: readonly string[],
  cells: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
}
