import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

test('the most recently used stay', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.get('a');
  map.set('c', 3);
  expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([1, undefined, 3, 2]);
});

test('whatever is put in, neither their number nor their room goes over the bound', () => {
  const entries = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat({ max: 30 })));
  fc.assert(
    fc.property(entries, (all) => {
      const map = new BoundedMap<number, string>(5, {
        maxSize: 40,
        sizeOf: ({ length }) => length,
      });
      for (const [key, size] of all) {
        map.set(key, 'x'.repeat(size));
        const kept = Array.from({ length: 10 }, (_, each) => map.get(each) ?? '');
        expect(kept.join('').length).toBeLessThanOrEqual(40);
        expect(map.size).toBeLessThanOrEqual(5);
        expect(map.get(key)).toBe('x'.repeat(size));
      }
    }),
  );
});

test('what takes more than all the room is not kept', () => {
  const map = new BoundedMap<string, string>(5, { maxSize: 3, sizeOf: ({ length }) => length });
  map.set('a', 'xx');
  map.set('b', 'xxxx');
  expect([map.get('b'), map.size]).toEqual([undefined, 0]);
});
