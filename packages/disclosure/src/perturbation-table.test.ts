import { describe, expect, it } from 'vitest';
import { buildPerturbationTable } from './build-perturbation-table.ts';
import { createDeviation } from './deviation.ts';
import { perturbationTable } from './perturbation-table.ts';
import { tableParameters } from './table-parameters.ts';

const { rows, variance, maximumDeviation } = perturbationTable;
const shares = rows.map(({ deviation, upTo }, at) => ({
  deviation,
  keys: upTo - (rows[at - 1]?.upTo ?? 0),
}));

describe('the published perturbation table', () => {
  it('is what its parameters make of it', () => {
    expect(perturbationTable).toEqual(buildPerturbationTable(tableParameters));
  });

  it('covers every key once, from −D to D', () => {
    expect(rows.at(-1)?.upTo).toBe(2 ** 32);
    expect(shares.every(({ keys }) => keys > 0)).toBe(true);
    expect(rows.map(({ deviation }) => deviation)).toEqual(
      Array.from({ length: 2 * maximumDeviation + 1 }, (_, at) => at - maximumDeviation),
    );
  });

  it('moves nothing on average, and as widely as it says', () => {
    const mean = shares.reduce((sum, { deviation, keys }) => sum + deviation * keys, 0);
    const square = shares.reduce((sum, { deviation, keys }) => sum + deviation ** 2 * keys, 0);
    expect(mean).toBe(0);
    expect(square / 2 ** 32).toBeCloseTo(variance, 6);
  });

  it('cannot be built wider than its largest deviation', () => {
    expect(() =>
      buildPerturbationTable({ version: 'x', maximumDeviation: 2, variance: 9 }),
    ).toThrow('±2');
  });
});

describe('a deviation', () => {
  const deviation = createDeviation('an invented secret for tests of disclosure control');
  const drawn = Array.from({ length: 20_000 }, (_, key) => deviation.ofCount(key));

  it('comes as often as the table says', () => {
    for (const { deviation: wanted, keys } of shares) {
      const share = drawn.filter((one) => one === wanted).length / drawn.length;
      expect(Math.abs(share - keys / 2 ** 32)).toBeLessThan(0.015);
    }
  });

  it('of a union cannot be foreseen from those of its parts', () => {
    const pairs = Array.from({ length: 20_000 }, (_, at) => [at * 7, at * 13 + 5] as const);
    const products = pairs.map(
      ([one, other]) =>
        (deviation.ofCount(one) + deviation.ofCount(other)) * deviation.ofCount(one + other),
    );
    const covariance = products.reduce((sum, product) => sum + product, 0) / products.length;
    expect(Math.abs(covariance)).toBeLessThan(0.2);
  });
});
