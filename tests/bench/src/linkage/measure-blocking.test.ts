import { expect, it } from 'vitest';
import { dice } from './measure-blocking.ts';

it('likens filters by the bits they have in common', () => {
  const one = Uint8Array.of(0b1111_0000, 0b1);
  expect(dice(one, one)).toBe(1);
  expect(dice(one, Uint8Array.of(0b0000_1111, 0b10))).toBe(0);
  expect(dice(one, Uint8Array.of(0b1100_0000, 0b0))).toBeCloseTo(4 / 7);
  expect(dice(Uint8Array.of(0), Uint8Array.of(0))).toBe(0);
});
