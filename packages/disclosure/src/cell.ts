/** How a published figure came about (domain: `Cell`, A9.6). */
export const cellStatuses = [
  /** The true figure, which needs no protection: nothing in it is about people. */
  'PUBLISHED',
  /** Moved by the published perturbation table; `lower` and `upper` bound the true figure. */
  'PERTURBED',
  /** Too few contributors. */
  'SUPPRESSED_PRIMARY',
  /** Withheld so that another cell cannot be computed from it. */
  'SUPPRESSED_SECONDARY',
  /** Could not be computed: no data, or a source was never loaded. */
  'NOT_AVAILABLE',
] as const;
export type CellStatus = (typeof cellStatuses)[number];

/** One published figure; nothing else about people ever leaves the analysis. */
export interface Cell {
  /** What to print: `1,240`, `<5`, `n/a`. */
  readonly display: string;
  /** `null` unless `status` is PUBLISHED or PERTURBED. */
  readonly value: number | null;
  /** Bounds of the true figure, as the published method gives them; `null` = unbounded or not available. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly status: CellStatus;
}
