import { expect, it } from 'vitest';
import { keepsTarget, ratioToPeer } from './figure.ts';
import { figureTable, showNumber, showSpread } from './figure-table.ts';

const figure = {
  name: 'messages',
  unit: '/s',
  rounds: [900, 1000, 500],
  peer: { name: 'bare', rounds: [1800, 2000, 2000] },
  target: { value: 500, is: 'at least' },
} as const;

it('compares with the peer round by round, so that a slow minute slows both', () => {
  expect(ratioToPeer(figure)).toEqual({ median: 0.5, min: 0.25, max: 0.5 });
});

it('holds the median against the target', () => {
  expect(keepsTarget(figure)).toBe(true);
  expect(keepsTarget({ ...figure, target: { value: 500, is: 'at most' } })).toBe(false);
  expect(keepsTarget({ name: 'free', unit: 's', rounds: [1] })).toBeUndefined();
});

it('shows a line a figure, with the noise beside the median', () => {
  const lines = figureTable([figure, { name: 'alone', unit: 's', rounds: [2] }]).split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[2]).toContain('900 (500–1,000) /s');
  expect(lines[2]).toContain('0.5 (0.25–0.5)');
  expect(lines[2]).toContain('at least 500: kept, 1.8 of it');
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});

it('shows three figures that count', () => {
  expect(showNumber(0.012345)).toBe('0.0123');
  expect(showNumber(12_345.6)).toBe('12,350');
  expect(showSpread({ median: 3, min: 3, max: 3 })).toBe('3');
});
