import { describe, expect, it } from 'vitest';
import { createProgress } from './progress.ts';

/** Reads `records` records, one a millisecond, and returns what was said. */
function saidOver(records: number, isTerminal: boolean): string[] {
  const said: string[] = [];
  let now = 5000;
  const surroundings = { env: {}, print: () => undefined };
  const progress = createProgress({
    ...surroundings,
    say: (text) => said.push(text),
    isTerminal,
    nowMs: () => now,
  });
  for (let record = 0; record < records; record += 1) {
    now += 1;
    progress.tick();
  }
  progress.done();
  return said;
}

describe('progress', () => {
  it('is a line every 10,000 records where nobody looks', () => {
    expect(saidOver(9_999, false)).toEqual([]);
    expect(saidOver(25_000, false)).toEqual([
      '10000 records, 1000 a second\n',
      '20000 records, 1000 a second\n',
    ]);
  });

  it('is one line drawn over four times a second on a terminal, and none for a short run', () => {
    expect(saidOver(100, true)).toEqual([]);
    expect(saidOver(600, true)).toEqual([
      '\r250 records, 1000 a second',
      '\r500 records, 1000 a second',
      '\r600 records, 1000 a second\n',
    ]);
  });
});
