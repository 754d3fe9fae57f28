/** What a forecast starts from; every number is a published figure. */
export interface ForecastBasis {
  readonly present: number;
  /** Entries of each of the last full months. */
  readonly monthlyEntries: readonly number[];
  /** Of those who entered in a year: how many, how many are still there, and how long ago on average. */
  readonly cohorts: readonly {
    readonly entered: number;
    readonly stillPresent: number;
    readonly ageInMonths: number;
  }[];
}

export interface ForecastMonth {
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
}

export interface Forecast {
  readonly entriesPerMonth: number;
  /** Share of those present who leave in a month. */
  readonly exitRate: number;
  readonly months: readonly ForecastMonth[];
}

/** Fewer months say nothing about the next ones. */
export const leastMonths = 6;

/** Two-sided, 95 %. */
const normalQuantile = 1.96;

/**
 * Next month's presences are this month's, less the share that leaves, plus the mean of the last months' entries.
 * The share that leaves is the one under which the cohorts of the last years would have as many left as they
 * have. The interval adds up the chance of each leaving and the spread of the entries. `null` without a basis.
 */
export function forecastPresences(
  { present, monthlyEntries, cohorts }: ForecastBasis,
  months: number,
): Forecast | null {
  const known = cohorts.filter(({ entered, ageInMonths }) => entered > 0 && ageInMonths > 0);
  if (monthlyEntries.length < leastMonths || known.length === 0) return null;
  const entriesPerMonth = mean(monthlyEntries);
  const spread =
    monthlyEntries.reduce((sum, entries) => sum + (entries - entriesPerMonth) ** 2, 0) /
    (monthlyEntries.length - 1);
  const exitRate = findExitRate(known);
  const forecast: ForecastMonth[] = [];
  let expected = present;
  let variance = 0;
  for (let month = 0; month < months; month += 1) {
    variance = variance * (1 - exitRate) ** 2 + expected * exitRate * (1 - exitRate) + spread;
    expected = expected * (1 - exitRate) + entriesPerMonth;
    const margin = normalQuantile * Math.sqrt(variance);
    forecast.push({ expected, lower: Math.max(0, expected - margin), upper: expected + margin });
  }
  return { entriesPerMonth, exitRate, months: forecast };
}

/** The more leave in a month the fewer are left, so the rate is found by halving. */
function findExitRate(cohorts: ForecastBasis['cohorts']): number {
  const left = cohorts.reduce(
    (sum, { entered, stillPresent }) => sum + Math.min(entered, stillPresent),
    0,
  );
  let low = 0;
  let high = 1;
  for (let step = 0; step < 40; step += 1) {
    const rate = (low + high) / 2;
    const expected = cohorts.reduce(
      (sum, { entered, ageInMonths }) => sum + entered * (1 - rate) ** ageInMonths,
      0,
    );
    if (expected > left) low = rate;
    else high = rate;
  }
  return (low + high) / 2;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}
