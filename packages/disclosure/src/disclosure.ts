import type { Cell } from './cell.ts';
import type { Contributors, Sensitivity } from './contributors.ts';
import type { QuantilePercent } from './quantile-grid.ts';

/** What a figure is asked with, besides its contributors. */
export interface FigureRules {
  readonly sensitivity: Sensitivity;
  /** The strictest threshold of the owners whose data it is computed from; only ever raises. */
  readonly ownerThreshold?: number;
}

/** Turns true aggregates into what may be published; pure, and the only road out of the analysis. */
export interface Disclosure {
  /** How many people or households. */
  contributors(of: Contributors, rules: FigureRules): Cell;
  /** How many events those people have; `largest` = events of the one who has most. */
  events(
    of: Contributors,
    figure: { readonly events: number; readonly largest: number },
    rules: FigureRules,
  ): Cell;
  /** Share 0–1 of `whole` that is in `part`, from the two published counts; `part` must be a subset. */
  share(part: Contributors, whole: Contributors, rules: FigureRules): Cell;
  /** Mean of one value a contributor; `largest` = the largest absolute values, biggest first, up to five. */
  mean(
    of: Contributors,
    figure: { readonly sum: number; readonly largest: readonly number[]; readonly step: number },
    rules: FigureRules,
  ): Cell;
  /**
   * A quantile: `around` are the true quantiles at the probabilities of `quantileGrid(percent)`, ascending; the
   * published one is one of them, chosen by the key, rounded to `step`.
   */
  quantile(
    of: Contributors,
    figure: {
      readonly percent: QuantilePercent;
      readonly around: readonly number[];
      readonly step: number;
    },
    rules: FigureRules,
  ): Cell;
}
