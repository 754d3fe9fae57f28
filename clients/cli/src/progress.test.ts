import { describe, expect, it } from 'vitest';
import { createProgress, type Progress } from './progress.ts';

/** Says what `work` makes a progress say; `read` deals with so many records, one a millisecond. */
function saidDuring(
  isTerminal: boolean,
  work: (progress: Progress, read: (records: number) => void) => void,
): string[] {
  const said: string[] = [];
  let now = 5000;
  const progress = createProgress({
    env: {},
    print: () => undefined,
    say: (text) => said.push(text),
    isTerminal,
    nowMs: () => now,
  });
  work(progress, (records) => {
    for (let record = 0; record < records; record += 1) {
      now += 1;
      progress.tick();
    }
  });
  progress.done();
  return said;
}

describe('progress', () => {
  it('is a line every 10,000 records where nobody looks, counted anew for each thing done', () => {
    expect(saidDuring(false, (_, read) => read(9_999))).toEqual([]);
    const said = saidDuring(false, (progress, read) => {
      read(25_000);
      progress.begin('comparing');
      read(10_000);
    });
    expect(said).toEqual([
      'reading and encoding: 10000 records, 1000 a second\n',
      'reading and encoding: 20000 records, 1000 a second\n',
      'comparing: 10000 records, 1000 a second\n',
    ]);
  });

  it('is no line less when many records are dealt with at once', () => {
    const said = saidDuring(false, (progress) => {
      for (let batch = 0; batch < 40; batch += 1) progress.tick(600);
    });
    expect(said.map((line) => line.split(',')[0])).toEqual([
      'reading and encoding: 10200 records',
      'reading and encoding: 20400 records',
    ]);
  });

  it('is one line drawn over four times a second on a terminal, and none for a short run', () => {
    expect(saidDuring(true, (_, read) => read(100))).toEqual([]);
    const said = saidDuring(true, (progress, read) => {
      read(600);
      progress.begin('comparing');
      read(300);
      progress.begin('deciding');
    });
    expect(said).toEqual([
      '\rreading and encoding: 250 records, 1000 a second\u001b[K',
      '\rreading and encoding: 500 records, 1000 a second\u001b[K',
      '\rreading and encoding: 600 records, 1000 a second\u001b[K\n',
      '\rcomparing: 250 records, 1000 a second\u001b[K',
      '\rcomparing: 300 records, 1000 a second\u001b[K\n',
    ]);
  });
});
