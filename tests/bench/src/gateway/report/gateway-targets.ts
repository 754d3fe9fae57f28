import { spread } from '../../quantiles.ts';
import type { Comparison } from '../measure/compare-gateways.ts';
import { speedAgainst } from './speed-against.ts';

/** What ours must reach, and what it did; `undefined` where the run did not have what it takes. */
export interface Target {
  readonly name: string;
  readonly is: 'at least' | 'at most';
  readonly value: number;
  readonly reached: number | undefined;
}

/** CPU against stock's, as many times as fast. */
const speedTargets = { nested: 12, small: 15, big: 4 } as const;
const gateKeepsShare = 0.85;
const p99TimesGrafbase = 2;
const rssMb = 200;

/** Medians of the rounds held against what was promised. */
export function gatewayTargets(comparisons: readonly Comparison[]): readonly Target[] {
  const find = (gateway: string, question: string) =>
    comparisons.find((each) => each.gateway === gateway && each.question === question);
  const medianOf = (comparison: Comparison | undefined, figure: 'p99Ms' | 'rssMb') =>
    comparison && spread(comparison.rounds.map((round) => round[figure])).median;
  const speed = (one: Comparison | undefined, other: Comparison | undefined) => {
    const ratio = one && other && speedAgainst(one, other, 'cpuMicroseconds');
    return ratio?.median;
  };
  return Object.entries(speedTargets).flatMap(([question, value]): Target[] => {
    const ours = find('ours', question);
    if (!ours) return [];
    const grafbase = medianOf(find('grafbase', question), 'p99Ms');
    const p99 = medianOf(ours, 'p99Ms');
    return [
      {
        name: `${question}: CPU, times as fast as stock`,
        is: 'at least',
        value,
        reached: speed(ours, find('stock', question)),
      },
      {
        name: `${question}: with the gate, share of the speed without`,
        is: 'at least',
        value: gateKeepsShare,
        reached: speed(find('ours with the gate', question), ours),
      },
      {
        name: `${question}: p99, times Grafbase’s`,
        is: 'at most',
        value: p99TimesGrafbase,
        reached: grafbase === undefined || p99 === undefined ? undefined : p99 / grafbase,
      },
      {
        name: `${question}: resident memory, MB`,
        is: 'at most',
        value: rssMb,
        reached: medianOf(ours, 'rssMb'),
      },
    ];
  });
}

export function isKept({ is, value, reached }: Target): boolean | undefined {
  if (reached === undefined) return undefined;
  return is === 'at least' ? reached >= value : reached <= value;
}
