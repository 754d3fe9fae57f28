import { type Figure, keepsTarget, ratioToPeer } from './figure.ts';
import { markdownTable } from './markdown-table.ts';
import { type Spread, spread } from './quantiles.ts';

const header = ['figure', 'median (min–max)', 'peer', 'ratio (min–max)', 'target'] as const;

/** A Markdown table, a line a figure; ratios are the figure over its peer. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, unit, rounds, peer, target } = figure;
    const ratio = ratioToPeer(figure);
    const keeps = keepsTarget(figure);
    return [
      name,
      `${showSpread(spread(rounds))} ${unit}`,
      peer ? `${peer.name}: ${showSpread(spread(peer.rounds))}` : '',
      ratio ? showSpread(ratio) : '',
      target
        ? `${target.is} ${showNumber(target.value)}: ${keeps === true ? 'kept' : 'MISSED'}, ${showNumber(spread(rounds).median / target.value)} of it`
        : '',
    ];
  });
  return markdownTable(header, rows);
}

/** `12.3 (11.9–14)`; one value only when there was one round. */
export function showSpread({ median, min, max }: Spread): string {
  const shown = showNumber(median);
  return min === max ? shown : `${shown} (${showNumber(min)}–${showNumber(max)})`;
}

/** Three figures that count, thousands apart. */
export function showNumber(value: number): string {
  return value.toLocaleString('en-US', {
    maximumSignificantDigits: Math.abs(value) >= 1000 ? 4 : 3,
  });
}
