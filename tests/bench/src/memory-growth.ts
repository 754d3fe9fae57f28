import { showNumber } from './figure-table.ts';
import { fitLine, type Sample } from './linear-fit.ts';

/** Share of the run in which caches fill and code is compiled; it tells nothing about leaks. */
export const warmUpShare = 0.2;

/** Reads samples of resident KB over thousands of questions; growth counts when it leaves the samples' own scatter. */
export function describeGrowth(samples: readonly Sample[]): {
  readonly slopeKb: number;
  readonly verdict: string;
} {
  const { slope, scatter } = fitLine(samples);
  const first = samples[0]?.x ?? 0;
  const last = samples.at(-1)?.x ?? 0;
  const grownMb = (slope * (last - first)) / 1024;
  const scatterMb = scatter / 1024;
  const isFlat = Math.abs(grownMb) <= 2 * scatterMb;
  return {
    slopeKb: slope,
    verdict:
      `The gateway’s memory ${isFlat ? 'is flat within its own noise' : grownMb > 0 ? 'GROWS' : 'shrinks'}: ` +
      `${showNumber(grownMb)} MB along the line over ${showNumber((last - first) * 1000)} questions, ` +
      `samples lie ${showNumber(scatterMb)} MB (one standard deviation) from it.`,
  };
}
