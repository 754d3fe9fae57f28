import { expect, test } from 'vitest';
import { createMemoryCache } from './create-memory-cache.ts';
import { describeEntityCache } from './entity-cache.contract.ts';

describeEntityCache('in memory', (now) => createMemoryCache({ now }), false);

const now = () => new Date('2026-11-22T12:00:00Z');
const keyOf = (at: number) => ({
  subgraph: 's',
  typeName: 'Place',
  representation: String(at),
  selection: '{name}',
  authorisation: 'a',
});

test.each([
  ['entries', { maxEntries: 10 }],
  [
    'bytes',
    { maxBytes: 10 * (300 + 2 * ('"x"'.length + '["s","Place","{name}","a","99"]'.length)) },
  ],
])('no more than so many %s are kept, those used last', async (_title, bounds) => {
  const cache = createMemoryCache({ now, ...bounds });
  const keys = Array.from({ length: 100 }, (_, at) => keyOf(at));
  const lookup = await cache.find(keys);
  lookup.keep(
    keys.map(() => '"x"'),
    60,
  );
  const { entities } = await cache.find(keys);
  expect(entities.filter((entity) => entity !== undefined)).toHaveLength(10);
  expect(entities[99]).toBeDefined();
});

test('changes that are too many to remember are not forgotten: nothing older is found', async () => {
  const cache = createMemoryCache({ now });
  const changed = keyOf(0);
  const lookup = await cache.find([changed]);
  await cache.invalidate(changed);
  lookup.keep(['"old"'], 60);
  for (let at = 1; at <= 10_001; at += 1) await cache.invalidate(keyOf(at));
  expect((await cache.find([changed])).entities).toEqual([undefined]);
});
