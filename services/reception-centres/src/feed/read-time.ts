import type { CellValue } from '@tavolo/feed-kit';

/** Reads an hour (`9:30`, `09.30`, `09:30:15`, a spreadsheet time) as `HH:MM:SS`; null when it is none. */
export function readTime(cell: CellValue | undefined): string | null {
  if (cell instanceof Date) {
    return Number.isNaN(cell.getTime()) ? null : cell.toISOString().slice(11, 19);
  }
  if (typeof cell !== 'string') return null;
  const found = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/u.exec(cell.trim());
  if (!found) return null;
  const [hours, minutes, seconds] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
}
