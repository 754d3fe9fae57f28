import { showNumber, showSpread } from '../../figure-table.ts';
import { markdownTable } from '../../markdown-table.ts';
import { spread } from '../../quantiles.ts';
import type { Comparison } from '../measure/compare-gateways.ts';
import type { SliceFigures } from '../measure/measure-slice.ts';
import { gatewayTargets, isKept } from './gateway-targets.ts';
import { speedAgainst } from './speed-against.ts';

const header = [
  'gateway',
  'CPU, µs a request',
  '× stock',
  'requests/s',
  '× stock',
  'p50 ms',
  'p99 ms',
  'fetches',
  'memory MB',
  'of its core',
] as const;

/** A table for each question, then what was promised; medians with the smallest and largest of the rounds. */
export function comparisonReport(
  comparisons: readonly Comparison[],
  absent: readonly { readonly gateway: string; readonly why: string }[],
): string {
  const questions = [...new Set(comparisons.map(({ question }) => question))];
  return [
    ...questions.map((question) => {
      const own = comparisons.filter((each) => each.question === question);
      const kb = ((own[0]?.bytes ?? 0) / 1000).toFixed(1);
      return `### ${question}, an answer of ${kb} KB\n\n${questionTable(own)}`;
    }),
    targetTable(comparisons),
    ...absent.map(({ gateway, why }) => `- ${gateway} does not install here: ${why}`),
  ].join('\n\n');
}

function questionTable(comparisons: readonly Comparison[]): string {
  const stock = comparisons.find(({ gateway }) => gateway === 'stock');
  const rows = comparisons.map((comparison) => {
    const of = (figure: keyof SliceFigures) =>
      spread(comparison.rounds.map((round) => round[figure]));
    const times = (by: 'cpuMicroseconds' | 'perSecond') => {
      const ratio = stock && speedAgainst(comparison, stock, by);
      return ratio ? showSpread(ratio) : '';
    };
    return [
      comparison.gateway,
      showSpread(of('cpuMicroseconds')),
      times('cpuMicroseconds'),
      showSpread(of('perSecond')),
      times('perSecond'),
      showSpread(of('p50Ms')),
      showSpread(of('p99Ms')),
      showNumber(of('fetches').median),
      showSpread(of('rssMb')),
      `${Math.round(of('coreShare').median * 100)} %`,
    ];
  });
  return markdownTable(header, rows);
}

function targetTable(comparisons: readonly Comparison[]): string {
  const targets = gatewayTargets(comparisons);
  if (targets.length === 0) return '';
  return markdownTable(
    ['to reach', 'measured', 'target', ''],
    targets.map((target) => {
      const kept = isKept(target);
      return [
        target.name,
        target.reached === undefined ? '–' : showNumber(target.reached),
        `${target.is} ${showNumber(target.value)}`,
        kept === undefined ? 'not measured' : kept ? 'kept' : 'MISSED',
      ];
    }),
  );
}
