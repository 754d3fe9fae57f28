import { describe, expect, it } from 'vitest';
import type { Comparison } from '../measure/compare-gateways.ts';
import { gatewayTargets, isKept } from './gateway-targets.ts';
import { speedAgainst } from './speed-against.ts';

function measured(
  gateway: string,
  cpu: readonly number[],
  perSecond: readonly number[],
): Comparison {
  return {
    gateway,
    question: 'small',
    bytes: 50,
    rounds: cpu.map((cpuMicroseconds, round) => ({
      cpuMicroseconds,
      perSecond: perSecond[round] ?? 0,
      p50Ms: 1,
      p99Ms: 2,
      fetches: 1,
      rssMb: 150,
      coreShare: 1,
    })),
  };
}

const slow = measured('stock', [1_000, 3_000], [100, 50]);
const fast = measured('ours', [50, 100], [1_000, 1_000]);

describe('speed against another gateway', () => {
  it('is taken round by round, so that a slow minute slows both', () => {
    expect(speedAgainst(fast, slow, 'cpuMicroseconds')).toEqual({ median: 25, min: 20, max: 30 });
    expect(speedAgainst(fast, slow, 'perSecond')).toEqual({ median: 15, min: 10, max: 20 });
  });
});

describe('the targets of the gateway', () => {
  it('are kept or missed by the median of the rounds', () => {
    const [speed] = gatewayTargets([slow, fast]);
    expect(speed && { reached: speed.reached, kept: isKept(speed) }).toEqual({
      reached: 25,
      kept: true,
    });
    const [missed] = gatewayTargets([slow, measured('ours', [900, 900], [1, 1])]);
    expect(missed && isKept(missed)).toBe(false);
  });

  it('are neither where the run lacks what they are held against', () => {
    expect(gatewayTargets([fast]).filter((target) => isKept(target) !== undefined)).toEqual([
      { name: 'small: resident memory, MB', is: 'at most', value: 200, reached: 150 },
    ]);
  });
});
