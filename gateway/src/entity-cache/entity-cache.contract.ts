import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type EntityCache,
  type EntityCacheKey,
  longestAgeSeconds,
  longestEntry,
} from './entity-cache.ts';

/** The promises of every entity cache; `open` gives one more client of the same store where `isShared`. */
export function describeEntityCache(
  title: string,
  open: (now: () => Date) => EntityCache,
  isShared: boolean,
): void {
  describe(`entity cache ${title}`, () => {
    const caches: EntityCache[] = [];
    const clock = { time: Date.parse('2026-11-22T12:00:00Z') };
    afterEach(async () => {
      await Promise.all(caches.splice(0).map((cache) => cache.close()));
    });
    async function start(): Promise<EntityCache> {
      const cache = open(() => new Date(clock.time));
      caches.push(cache);
      await ready(cache);
      return cache;
    }
    /** Of a type that no other test has. */
    function key(more: Partial<EntityCacheKey> = {}): EntityCacheKey {
      return {
        subgraph: 'reception-centres',
        typeName: `Place${randomUUID()}`,
        representation: '{"__typename":"Place","id":"p-1"}',
        selection: '{name}',
        authorisation: '["org-1","analysis",["coordinator"],[],"all"]',
        ...more,
      };
    }
    const json = '{"name":"Città di Parma €"}';
    const found = (entity: unknown) => expect(entity).toMatchObject({ json });

    test('gives what was kept, with the time at which it was', async () => {
      const cache = await start();
      const one = key();
      const lookup = await cache.find([one]);
      expect(lookup.entities).toEqual([undefined]);
      lookup.keep([json], 60);
      await settled(cache, one);
      const [entity] = (await cache.find([one])).entities;
      expect(entity).toMatchObject({ json, storedAt: clock.time });
    });

    test('keeps nothing for what is left out, and null for what does not exist', async () => {
      const cache = await start();
      const typeName = key().typeName;
      const keys = ['a', 'b', 'c'].map((representation) => key({ typeName, representation }));
      (await cache.find(keys)).keep(['null', undefined, json], 60);
      await settled(cache, key({ typeName, representation: 'c' }));
      const jsons = (await cache.find(keys)).entities.map((entity) => entity?.json);
      expect(jsons).toEqual(['null', undefined, json]);
    });

    test('gives nothing to another question, caller, purpose or subgraph', async () => {
      const cache = await start();
      const one = key();
      (await cache.find([one])).keep([json], 60);
      await settled(cache, one);
      const others = [
        { ...one, subgraph: 'health-authority' },
        { ...one, typeName: 'Other' },
        { ...one, representation: '{"__typename":"Place","id":"p-2"}' },
        { ...one, selection: '{name}{}' },
        { ...one, authorisation: '["org-2"]' },
        // The same letters in other places.
        { ...one, subgraph: `${one.subgraph}${one.typeName}`, typeName: '' },
      ];
      const { entities } = await cache.find(others);
      expect(entities).toEqual(others.map(() => undefined));
    });

    test('gives nothing past its age, to the second', async () => {
      const cache = await start();
      const one = key();
      (await cache.find([one])).keep([json], 60);
      await settled(cache, one);
      clock.time += 59_999;
      found((await cache.find([one])).entities[0]);
      clock.time += 1;
      expect((await cache.find([one])).entities).toEqual([undefined]);
    });

    test('keeps nothing longer than a week, and nothing that is very long', async () => {
      const cache = await start();
      const typeName = key().typeName;
      const keys = ['a', 'b'].map((representation) => key({ typeName, representation }));
      (await cache.find(keys)).keep(
        [json, `"${'x'.repeat(longestEntry)}"`],
        10 * longestAgeSeconds,
      );
      await settled(cache, key({ typeName, representation: 'a' }));
      const { entities } = await cache.find(keys);
      found(entities[0]);
      expect(entities[1]).toBeUndefined();
      clock.time += longestAgeSeconds * 1000;
      expect((await cache.find(keys)).entities).toEqual([undefined, undefined]);
    });

    test('a change of one entity takes that one, whoever asked for whatever of it', async () => {
      const cache = await start();
      const one = key();
      const otherCaller = { ...one, authorisation: '["org-2"]' };
      const otherEntity = { ...one, representation: '{"__typename":"Place","id":"p-2"}' };
      const keys = [one, otherCaller, otherEntity];
      (await cache.find(keys)).keep([json, json, json], 60);
      await settled(cache, otherEntity);
      await cache.invalidate({
        subgraph: one.subgraph,
        typeName: one.typeName,
        representation: one.representation,
      });
      const { entities } = await cache.find(keys);
      expect(entities.slice(0, 2)).toEqual([undefined, undefined]);
      found(entities[2]);
    });

    test('a change of a type takes all of it, and nothing of another subgraph', async () => {
      const cache = await start();
      const one = key();
      const other = { ...one, representation: 'other' };
      const otherSubgraph = { ...one, subgraph: 'social-services' };
      const keys = [one, other, otherSubgraph];
      (await cache.find(keys)).keep([json, json, json], 60);
      await settled(cache, otherSubgraph);
      await cache.invalidate({ subgraph: one.subgraph, typeName: one.typeName });
      const { entities } = await cache.find(keys);
      expect(entities.slice(0, 2)).toEqual([undefined, undefined]);
      found(entities[2]);
    });

    test('an answer that was under way when its entity changed is found by nobody', async () => {
      const cache = await start();
      const one = key();
      const fresh = { ...one, representation: 'fresh' };
      const before = await cache.find([one]);
      await cache.invalidate({ subgraph: one.subgraph, typeName: one.typeName });
      before.keep([json], 60);
      (await cache.find([fresh])).keep([json], 60);
      await settled(cache, fresh);
      expect((await cache.find([one])).entities).toEqual([undefined]);
    });

    test('after a change what is kept anew is found', async () => {
      const cache = await start();
      const one = key();
      const { subgraph, typeName, representation } = one;
      (await cache.find([one])).keep(['{"name":"old"}'], 60);
      await settled(cache, one);
      await cache.invalidate({ subgraph, typeName, representation });
      (await cache.find([one])).keep([json], 60);
      await settled(cache, one);
      found((await cache.find([one])).entities[0]);
    });

    test('looks up nothing for nothing', async () => {
      const cache = await start();
      expect((await cache.find([])).entities).toEqual([]);
    });

    if (!isShared) return;
    test('is shared: kept by one, found by another, changed for both', async () => {
      const one = await start();
      const other = await start();
      const shared = key();
      (await one.find([shared])).keep([json], 60);
      await settled(one, shared);
      found((await other.find([shared])).entities[0]);
      await other.invalidate({ subgraph: shared.subgraph, typeName: shared.typeName });
      expect((await one.find([shared])).entities).toEqual([undefined]);
    });
  });
}

/** Until the store answers: a cache that is not there yet holds nothing, and says so by refusing a change. */
async function ready(cache: EntityCache): Promise<void> {
  await expect
    .poll(() =>
      cache.invalidate({ subgraph: 'any', typeName: 'Any' }).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
}

/** Until what was kept can be found: nobody waits for the keeping itself. */
async function settled(cache: EntityCache, key: EntityCacheKey): Promise<void> {
  await expect.poll(async () => (await cache.find([key])).entities[0]).toBeDefined();
}
