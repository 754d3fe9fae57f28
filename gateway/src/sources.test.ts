import { describe, expect, test } from 'vitest';
import { readAnnouncedSource, SourceReport } from './sources.ts';

describe('source report', () => {
  test('several calls to one subgraph add up to the worst status, the oldest data, the least complete', () => {
    const report = new SourceReport();
    report.add({
      name: 'b',
      status: 'STALE',
      asOf: '2026-11-22T05:00:00+01:00',
      completeness: 0.9,
    });
    report.add({
      name: 'b',
      status: 'UNAVAILABLE',
      asOf: null,
      completeness: null,
      reason: 'TIMEOUT',
      retryAfterSeconds: 5,
    });
    report.add({ name: 'b', status: 'OK', asOf: '2026-11-22T04:30:00Z', completeness: 0.95 });
    report.add({ name: 'a', status: 'OK', asOf: null, completeness: null });
    expect(report.list()).toEqual([
      { name: 'a', status: 'OK', asOf: null, completeness: null },
      {
        name: 'b',
        status: 'UNAVAILABLE',
        asOf: '2026-11-22T05:00:00+01:00',
        completeness: 0.9,
        reason: 'TIMEOUT',
        retryAfterSeconds: 5,
      },
    ]);
  });

  test('what had been kept of several calls adds up, and is as old as the oldest of it', () => {
    const report = new SourceReport();
    const a = { name: 'a', status: 'OK', asOf: null, completeness: null } as const;
    report.add({ ...a, cache: { entities: 2, oldestAgeSeconds: 90 } });
    report.add(a);
    report.add({ ...a, status: 'STALE', cache: { entities: 3, oldestAgeSeconds: 5 } });
    expect(report.list()).toEqual([
      { ...a, status: 'STALE', cache: { entities: 5, oldestAgeSeconds: 90 } },
    ]);
  });

  test.each([undefined, null, 'text', {}, { source: 7 }, { source: null }])(
    'a subgraph that announces nothing usable (%j) is OK with unknown age',
    (extensions) => {
      expect(readAnnouncedSource('a', extensions)).toEqual({
        name: 'a',
        status: 'OK',
        asOf: null,
        completeness: null,
      });
    },
  );

  test('a value that is not a date or a share is dropped, the others stay', () => {
    const extensions = { source: { asOf: 'yesterday, says Rossi', completeness: 3, stale: true } };
    expect(readAnnouncedSource('a', extensions)).toEqual({
      name: 'a',
      status: 'STALE',
      asOf: null,
      completeness: null,
    });
  });

  test.each([
    // 92 of 103 rows: the exact share would tell both, and the next row.
    [92 / 103, 0.89],
    [9621 / 9626, 0.99],
    [0.29, 0.29],
    [1, 1],
    [0, 0],
  ])(
    'a share of the data expected (%d) is told in hundredths, never as more than it is',
    (exact, told) => {
      const { completeness } = readAnnouncedSource('a', { source: { completeness: exact } });
      expect(completeness).toBe(told);
    },
  );
});
