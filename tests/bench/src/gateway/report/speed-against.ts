import { ratioToPeer } from '../../figure.ts';
import type { Spread } from '../../quantiles.ts';
import type { Comparison } from '../measure/compare-gateways.ts';

/** How many times as fast as the other, round by round: by the CPU of a question, or by questions a second. */
export function speedAgainst(
  { gateway, question, rounds }: Comparison,
  other: Comparison,
  by: 'cpuMicroseconds' | 'perSecond',
): Spread | undefined {
  const own = rounds.map((round) => round[by]);
  const others = other.rounds.map((round) => round[by]);
  const [over, under] = by === 'perSecond' ? [own, others] : [others, own];
  return ratioToPeer({
    name: `${gateway}, ${question}`,
    unit: 'times',
    rounds: over,
    peer: { name: other.gateway, rounds: under },
  });
}
