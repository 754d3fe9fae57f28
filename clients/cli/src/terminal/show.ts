import type { CliSurroundings } from '../cli-surroundings.ts';
import { printableJson, printableParts } from './printable.ts';

/** Prints an answer: the whole of it in one line of JSON, or what `render` makes of it; never a terminal's escapes. */
export function show<T>(
  answer: T,
  isJson: boolean,
  { print }: CliSurroundings,
  render: (answer: T) => string,
): void {
  print(isJson ? `${printableJson(answer)}\n` : render(printableParts(answer)));
}

/** Columns side by side, each as wide as its widest cell; the last is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
