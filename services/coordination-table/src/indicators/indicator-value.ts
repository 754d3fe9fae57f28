import type { FactState } from '@tavolo/analysis';
import type { Cell } from '@tavolo/disclosure';
import type { AbsenceReason, Combination, FigureArea } from '@tavolo/yearly-report';
import type { IndicatorDefinition } from './definition.ts';

/** Where a figure comes from, down to the data it was computed from. */
export interface FigureLineage {
  readonly part: 'figure' | 'first' | 'second';
  readonly fact: string | null;
  readonly register: string | null;
  readonly factDocumentHash: string | null;
  readonly dataHash: string | null;
  readonly questionHash: string;
}

/** One figure of an indicator, with everything that is needed to believe it. */
export interface IndicatorValue {
  readonly definition: IndicatorDefinition;
  readonly area: FigureArea;
  /** The year asked for; null where the indicator counts everything so far. */
  readonly year: number | null;
  readonly cell: Cell;
  readonly reason: AbsenceReason | null;
  readonly combination: {
    readonly kind: Combination;
    readonly first: Cell;
    readonly second: Cell;
  } | null;
  readonly sources: FactState['sources'];
  readonly linkage: FactState['linkage'];
  readonly lineage: readonly FigureLineage[];
}
