import type { Cell } from '@tavolo/disclosure';

/** A whole year, quarter or month by the fact's period column; never a range of days. */
export interface Period {
  readonly year: number;
  readonly quarter?: number;
  readonly month?: number;
}

export type DimensionValue = string | number | boolean | null;

/** A figure of each cell, besides its key. */
export type FigureRequest =
  | { readonly kind: 'CONTRIBUTORS' }
  | { readonly kind: 'EVENTS' }
  /** Share of the cell's contributors who also have a row with these values. */
  | { readonly kind: 'SHARE'; readonly of: Readonly<Record<string, DimensionValue>> }
  | { readonly kind: 'MEAN'; readonly measure: string }
  /** `percent` is one of 10, 25, 50, 75, 90. */
  | { readonly kind: 'QUANTILE'; readonly measure: string; readonly percent: number }
  /** Share of the contributors with a value who are within the declared limit. */
  | { readonly kind: 'WITHIN'; readonly measure: string; readonly limit: string };

/** What may be asked of one fact: equality on declared dimensions only, so that every figure is one of a known cube. */
export interface AnalysisQuestion {
  readonly fact: string;
  readonly where: Readonly<Record<string, DimensionValue>>;
  /** Dimensions, and `year`, `quarter`, `month` of the fact's period column. */
  readonly groupBy: readonly string[];
  readonly period: Period | null;
}

/** State of the last good load of a fact. */
export interface FactState {
  readonly fact: string;
  /** RFC 3339; null = never loaded. */
  readonly loadedAt: string | null;
  /** Set when the latest attempt failed: what happened, without any value. */
  readonly lastFailure: { readonly at: string; readonly reason: string } | null;
  /** Of each subgraph the load read, as the gateway's `extensions.sources` said. */
  readonly sources: readonly {
    readonly subgraph: string;
    readonly asOf: string | null;
    readonly completeness: number | null;
  }[];
  /** Linkage precision and recall the index stated at the load; null when it said nothing. */
  readonly linkage: {
    readonly precision: { readonly estimate: number; readonly low: number; readonly high: number };
    readonly recall: { readonly estimate: number; readonly low: number; readonly high: number };
  } | null;
  readonly documentHash: string;
  /** SHA-256 over the loaded rows in a fixed order: the same data have the same hash. */
  readonly dataHash: string | null;
}

/** One row of the answer, figures in the order they were asked. */
export interface AnalysisCell {
  readonly key: Readonly<Record<string, DimensionValue>>;
  readonly figures: readonly Cell[];
}

export interface AnalysisTable {
  readonly cells: readonly AnalysisCell[];
  /** Over all cells together, protected in its own right: not the sum of the cells. */
  readonly total: readonly Cell[];
  readonly state: FactState;
}
