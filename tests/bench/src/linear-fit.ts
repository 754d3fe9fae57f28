export interface Sample {
  readonly x: number;
  readonly y: number;
}

export interface LinearFit {
  /** Units of y for one of x. */
  readonly slope: number;
  /** How far the samples lie from the line, as a standard deviation. */
  readonly scatter: number;
}

/** Least squares through at least two samples of different x. */
export function fitLine(samples: readonly Sample[]): LinearFit {
  const meanX = mean(samples.map(({ x }) => x));
  const meanY = mean(samples.map(({ y }) => y));
  const varianceX = mean(samples.map(({ x }) => (x - meanX) ** 2));
  if (!(varianceX > 0)) throw new RangeError('a line needs two samples of different x');
  const slope = mean(samples.map(({ x, y }) => (x - meanX) * (y - meanY))) / varianceX;
  const scatter = Math.sqrt(
    mean(samples.map(({ x, y }) => (y - meanY - slope * (x - meanX)) ** 2)),
  );
  return { slope, scatter };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
