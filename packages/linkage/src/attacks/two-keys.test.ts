import { describe, expect, it } from 'vitest';
import { createLinkageKey } from '../linkage-key.ts';
import { bitsOf } from './frequency-attacks.fixture.ts';
import { type StolenRecord, steal } from './stolen-encodings.fixture.ts';

const PEOPLE = 400;
const one = steal('health-authority').slice(0, PEOPLE);
const other = steal(
  'health-authority',
  createLinkageKey('other', 'b7f02c6a91de3458c1907f5be2648a3d0e95c7712af84b63d9085ec13a72f46b'),
).slice(0, PEOPLE);

function filterOf({ encoding }: StolenRecord, part: number): Set<number> {
  return new Set(bitsOf(encoding.attributes?.filters[part] ?? ''));
}

function likeness(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  return (2 * [...a].filter((bit) => b.has(bit)).length) / (a.size + b.size);
}

describe('the same people under two keys', () => {
  it('have no skeleton key in common', () => {
    const macs = (records: readonly StolenRecord[]): string[] =>
      records.flatMap(({ encoding }) =>
        (encoding.attributes?.skeletons ?? []).map(({ mac }) => mac),
      );
    const held = new Set(macs(one));
    expect(macs(other).filter((mac) => held.has(mac))).toEqual([]);
  });

  it.each([0, 1, 2])(
    'are found by the most similar filter no oftener than by chance: filter %i',
    (part) => {
      const [left, right] = [one, other].map((records) =>
        records.map((record) => filterOf(record, part)),
      );
      const found = (left ?? []).filter((own, place) => {
        const degrees = (right ?? []).map((filter) => likeness(own, filter));
        return degrees.indexOf(Math.max(...degrees)) === place;
      }).length;
      // One in four hundred each: one is expected, six or more once in 1,700 times. A filter's size tells a little more.
      expect(found).toBeLessThan(8);
    },
  );

  it('are as unlike themselves as they are unlike others', () => {
    const average = (shift: number): number =>
      one.reduce((sum, record, place) => {
        const mate = other[(place + shift) % PEOPLE];
        return sum + (mate === undefined ? 0 : likeness(filterOf(record, 0), filterOf(mate, 0)));
      }, 0) / PEOPLE;
    expect(Math.abs(average(0) - average(7))).toBeLessThan(0.01);
  });
});
