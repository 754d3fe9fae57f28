import { expect, it } from 'vitest';
import { describeGrowth } from './memory-growth.ts';

const samplesOf = (kb: (x: number) => number) =>
  Array.from({ length: 40 }, (_, x) => ({ x, y: kb(x) }));

it('calls memory that saws up and down flat', () => {
  const { verdict } = describeGrowth(samplesOf((x) => 200_000 + (x % 4) * 5_000));
  expect(verdict).toContain('is flat');
});

it('calls a steady climb growth, with its slope', () => {
  const { slopeKb, verdict } = describeGrowth(
    samplesOf((x) => 200_000 + x * 1_000 + (x % 2) * 300),
  );
  expect(slopeKb).toBeCloseTo(1_000, -1);
  expect(verdict).toContain('GROWS');
});
