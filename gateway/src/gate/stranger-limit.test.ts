import { expect, test } from 'vitest';
import { createStrangerLimit, type Flood } from './stranger-limit.ts';

function setUp() {
  let time = Date.parse('2026-11-22T10:00:00Z');
  const floods: Flood[] = [];
  const limit = createStrangerLimit({
    perMinute: 3,
    now: () => new Date(time),
    onFlood: (flood) => floods.push(flood),
  });
  const admit = (count: number) => Array.from({ length: count }, () => limit.admit());
  const pass = (ms: number) => {
    time += ms;
  };
  return { floods, admit, pass };
}

test('as many as the limit are recorded each, the rest of the minute is counted', () => {
  const { admit, floods } = setUp();
  expect(admit(5)).toEqual([true, true, true, false, false]);
  expect(floods).toMatchObject([{ refusals: 4, limit: 3 }]);
});

test('the next minute begins anew, and tells what the one before came to', () => {
  const { admit, floods, pass } = setUp();
  admit(10);
  pass(60_000);
  expect(admit(1)).toEqual([true]);
  expect(floods.map(({ refusals }) => refusals)).toEqual([4, 10]);
  expect(floods[1]?.windowFrom).toEqual(new Date('2026-11-22T10:00:00Z'));
});

test('a minute within the limit is nothing to tell', () => {
  const { admit, floods, pass } = setUp();
  admit(3);
  pass(60_000);
  admit(3);
  expect(floods).toEqual([]);
});
