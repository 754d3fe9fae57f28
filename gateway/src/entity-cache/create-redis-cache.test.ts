import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { createRedisCache } from './create-redis-cache.ts';
import { describeEntityCache } from './entity-cache.contract.ts';

const logger = pino({ level: 'silent' });
const secret = 'a secret of one hub, of 32 bytes.';
const now = () => new Date('2026-11-22T12:00:00Z');
const key = {
  subgraph: 'reception-centres',
  typeName: `Municipality${randomUUID()}`,
  representation: '{"__typename":"Municipality","istatCode":"CANARY-034027"}',
  selection: '{CANARY}',
  authorisation: '["CANARY"]',
};

const ours = 'tavolo:entity:*';

/** The same promises as in memory, where a Redis is given. */
// biome-ignore lint/style/noProcessEnv: the one thing this test can be told from outside
const testRedisUrl = process.env['TEST_REDIS_URL'];

if (testRedisUrl !== undefined) {
  const redisUrl = testRedisUrl;
  describeEntityCache(
    'in Redis',
    (now) => createRedisCache({ redisUrl, secret, now, logger }),
    true,
  );

  describe('what lies in Redis', () => {
    test('cannot be read, nor found under another name, without the secret', async () => {
      const redis = new Redis(redisUrl);
      const before = new Set(await redis.keys(ours));
      const cache = createRedisCache({ redisUrl, secret, now, logger });
      const stranger = createRedisCache({ redisUrl, secret: secret.toUpperCase(), now, logger });
      await expect
        .poll(() =>
          cache.invalidate(key).then(
            () => true,
            () => false,
          ),
        )
        .toBe(true);
      (await cache.find([key])).keep(['{"name":"CANARY"}'], 60);
      await expect.poll(async () => (await cache.find([key])).entities[0]).toBeDefined();
      const names = (await redis.keys(ours)).filter((name) => !before.has(name));
      expect(names).toHaveLength(3);
      const values = await redis.mgetBuffer(names);
      const text = `${names.join()}${values.map((value) => value?.toString('latin1')).join()}`;
      expect(text).not.toMatch(/CANARY|034027|Municipality|reception|istat/u);
      for (const name of names) expect(await redis.ttl(name)).toBeGreaterThan(0);
      expect((await stranger.find([key])).entities).toEqual([undefined]);

      const entry = names.find((name) => name.includes(':entry:')) ?? '';
      await redis.set(entry, 'CANARY', 'EX', 60);
      expect((await cache.find([key])).entities).toEqual([undefined]);
      await Promise.all([cache.close(), stranger.close(), redis.quit()]);
    });

    test('that loses the mark of a type finds nothing of that type', async () => {
      const redis = new Redis(redisUrl);
      const cache = createRedisCache({ redisUrl, secret, now, logger });
      await expect
        .poll(async () => {
          (await cache.find([key])).keep(['"x"'], 60);
          return (await cache.find([key])).entities[0];
        })
        .toBeDefined();
      await redis.del(await redis.keys('tavolo:entity:type:*'));
      expect((await cache.find([key])).entities).toEqual([undefined]);
      await Promise.all([cache.close(), redis.quit()]);
    });
  });
}

test('without its Redis it holds nothing, and says of a change that it was not noted', async () => {
  const cache = createRedisCache({ redisUrl: 'redis://127.0.0.1:1', secret, now, logger });
  const lookup = await cache.find([key]);
  expect(lookup.entities).toEqual([undefined]);
  lookup.keep(['"x"'], 60);
  await expect(cache.invalidate(key)).rejects.toThrow();
  await cache.close();
});

test('a secret that is too short is refused', () => {
  expect(() =>
    createRedisCache({ redisUrl: 'redis://127.0.0.1:1', secret: 'short', now, logger }),
  ).toThrow('32 bytes');
});
