import type { Cell } from './cell.ts';

/** What a suppressed figure prints when no number may be named. */
export const CONFIDENTIAL = 'confidential';

/** A figure withheld for too few contributors, or because one of them makes most of it. */
export function suppressed(display: string): Cell {
  return { display, value: null, lower: null, upper: null, status: 'SUPPRESSED_PRIMARY' };
}
