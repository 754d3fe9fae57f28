import type { Sheet } from '@tavolo/feed-kit';

/** Fewest filled cells of a header; titles above the table have one or two. */
const headerCells = 8;

/** Guests' lines of a presence sheet: between the header and the total. */
export function countGuestRows({ rows }: Sheet): number {
  const header = rows.findIndex(({ cells }) => cells.filter(isFilled).length >= headerCells);
  if (header < 0) return 0;
  return rows.slice(header + 1).filter(({ cells }) => !String(cells[0] ?? '').startsWith('TOTALE'))
    .length;
}

function isFilled(cell: unknown): boolean {
  return cell !== undefined && cell !== null && cell !== '';
}
