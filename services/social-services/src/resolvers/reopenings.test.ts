import { describe, expect, it } from 'vitest';
import type { MovementRow } from '../store/social-services-store.ts';
import { reopeningsOf } from './reopenings.ts';

/** Oldest first, as one reads; the function takes them newest first. */
const movements = (...rows: [MovementRow['kind'], string | null][]): MovementRow[] =>
  rows
    .map(([kind, on], index) => ({ localId: `PAR:${index}`, parentId: 'PAR:1', kind, on }))
    .toReversed();

describe('reopenings of a case', () => {
  it('are every closure with the reopening that undid it, oldest first', () => {
    const history = movements(
      ['OPENED', '2024-01-01'],
      ['CLOSED', '2024-02-01'],
      ['OTHER', '2024-02-05'],
      ['REOPENED', '2024-03-01'],
      ['CLOSED', '2024-04-01'],
      ['REOPENED', '2024-05-01'],
      ['CLOSED', '2024-06-01'],
    );
    expect(reopeningsOf(history)).toEqual([
      { closedAt: '2024-02-01', reopenedAt: '2024-03-01' },
      { closedAt: '2024-04-01', reopenedAt: '2024-05-01' },
    ]);
  });

  it('never join a closure with the reopening of another one, where a day cannot be read', () => {
    const history = movements(
      ['CLOSED', '2024-02-01'],
      ['REOPENED', null],
      ['CLOSED', null],
      ['REOPENED', '2024-05-01'],
    );
    expect(reopeningsOf(history)).toEqual([]);
  });
});
