import { describe, expect, it } from 'vitest';
import { assignClusterIds } from './assign-cluster-ids.ts';

const present: Readonly<Record<string, string>> = { a: 'one', b: 'one', c: 'one', d: 'two' };
const idOf = (ref: string): string | null => present[ref] ?? null;

describe('cluster ids', () => {
  it('stay with the larger part when a cluster splits', () => {
    expect(assignClusterIds([['a'], ['b', 'c']], idOf, () => 'new')).toEqual(['new', 'one']);
  });

  it('are those of most members when clusters join, whoever is new', () => {
    expect(assignClusterIds([['a', 'b', 'd', 'x', 'y']], idOf, () => 'new')).toEqual(['one']);
  });

  it('are new for a group nobody of which was there before', () => {
    expect(assignClusterIds([['x', 'y'], ['d']], idOf, () => 'new')).toEqual(['new', 'two']);
  });
});
