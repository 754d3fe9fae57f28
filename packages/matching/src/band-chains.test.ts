import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBandChains } from './band-chains.ts';

const BANDS = 3;
/** Few keys, many slots: chains get long, and some keys meet in one place of the table. */
const key = fc.constantFrom(0, 1, 2, -1, 0x7fffffff, -0x80000000, 1_024, 2_048);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ slot: fc.nat(40), keys: fc.tuple(key, key, key) }) },
  { weight: 1, arbitrary: fc.record({ slot: fc.nat(40) }) },
);

describe('band chains', () => {
  it('find what a plain map would, whatever is added and removed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.nat(5), (steps, spread) => {
        const chains = createBandChains(BANDS);
        const model = new Map<number, readonly number[]>();
        for (const { slot: small, ...rest } of steps) {
          // Slots far apart make the table grow on the way.
          const slot = small * (1 + spread * 100);
          chains.remove(slot);
          model.delete(slot);
          if ('keys' in rest) {
            chains.add(slot, Int32Array.from(rest.keys));
            model.set(slot, rest.keys);
          }
        }
        for (let small = 0; small <= 40; small += 1) {
          const slot = small * (1 + spread * 100);
          for (let band = 0; band < BANDS; band += 1) {
            const own = model.get(slot)?.[band];
            const expected = [...model]
              .filter(([other, keys]) => other !== slot && own !== undefined && keys[band] === own)
              .map(([other]) => other)
              .sort((a, b) => a - b);
            const found = chains.sharing(slot, band, 1_000) ?? [];
            expect([...found].sort((a, b) => a - b)).toEqual(expected);
          }
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('a key that more than the most share gives nobody', () => {
    const chains = createBandChains(1);
    for (let slot = 0; slot < 5; slot += 1) chains.add(slot, Int32Array.of(7));
    expect(chains.sharing(0, 0, 4)).toHaveLength(4);
    expect(chains.sharing(0, 0, 3)).toBeNull();
  });

  it('a slot that was never added, or removed twice, shares nothing', () => {
    const chains = createBandChains(1);
    chains.add(1, Int32Array.of(7));
    chains.add(2, Int32Array.of(7));
    chains.remove(2);
    chains.remove(2);
    chains.remove(99);
    expect(chains.sharing(2, 0, 10)).toBeNull();
    expect(chains.sharing(50_000, 0, 10)).toBeNull();
    expect(chains.sharing(1, 0, 10)).toBeNull();
  });
});
