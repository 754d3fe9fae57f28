import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { isRefusal } from '../gate/identify-caller.ts';
import type { Refusal } from '../gate/refusal.ts';
import {
  type Account,
  createRateLimits,
  type RateLimits,
  type Reservation,
} from './rate-limits.ts';

const open: RateLimits[] = [];
let time = Date.parse('2026-11-22T23:00:00Z');
afterEach(async () => {
  await Promise.all(open.splice(0).map((limits) => limits.close()));
});

/** The same promises for both: the shared counters are tried where a Redis is given. */
// biome-ignore lint/style/noProcessEnv: the one thing this test can be told from outside
const testRedisUrl = process.env['TEST_REDIS_URL'];
const stores = [
  ['in memory', undefined],
  ...(testRedisUrl ? [['in Redis', testRedisUrl] as const] : []),
] as const;

describe.each(stores)('rates and quotas %s', (_title, redisUrl) => {
  function start() {
    const limits = createRateLimits({
      redisUrl,
      now: () => new Date(time),
      logger: pino({ level: 'silent' }),
    });
    open.push(limits);
    return limits;
  }
  const account = (more: Partial<Account> = {}): Account => ({
    consumerId: `c-${randomUUID()}`,
    purposeId: `p-${randomUUID()}`,
    purposeClass: 'DIAGNOSTICS',
    dailyQuota: 1_000_000_000,
    ...more,
  });
  async function taken(limits: RateLimits, who: Account, cost: number): Promise<Reservation> {
    const result = await limits.reserve(who, cost);
    if (isRefusal(result)) throw new Error(result.message);
    return result;
  }
  async function refused(limits: RateLimits, who: Account, cost: number): Promise<Refusal> {
    const result = await limits.reserve(who, cost);
    if (!isRefusal(result)) throw new Error('it was let through');
    return result;
  }

  test('the last unit of a minute passes, the next is refused and told when to come again', async () => {
    const limits = start();
    const who = account();
    for (let at = 0; at < 10; at += 1) {
      const reservation = await taken(limits, who, 10_000);
      expect(reservation.headers['x-ratelimit-limit']).toBe('100000');
      expect(reservation.headers['x-ratelimit-remaining']).toBe(
        String(100_000 - (at + 1) * 10_000),
      );
    }
    const refusal = await refused(limits, who, 1);
    expect(refusal).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    const seconds = Number(refusal.headers?.['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refusal.headers?.['x-ratelimit-remaining']).toBe('0');
  });

  test('a refusal costs nothing', async () => {
    const limits = start();
    const who = account({ dailyQuota: 10 });
    await refused(limits, who, 11);
    await taken(limits, who, 10);
  });

  test('one question holds a tenth of the minute at the most, and is settled to what it cost', async () => {
    const limits = start();
    const who = account();
    const dear = await taken(limits, who, 20_000);
    expect(dear.headers['x-ratelimit-remaining']).toBe('90000');
    await dear.settle(35_000);
    const next = await taken(limits, who, 1);
    expect(next.headers['x-ratelimit-remaining']).toBe('64999');
    const cheap = await taken(limits, who, 10_000);
    await cheap.settle(4);
    expect((await taken(limits, who, 1)).headers['x-ratelimit-remaining']).toBe(
      String(64_999 - 4 - 1),
    );
  });

  test('another consumer, and another class, have shares of their own', async () => {
    const limits = start();
    const who = account();
    for (let at = 0; at < 10; at += 1) await taken(limits, who, 10_000);
    await refused(limits, who, 1);
    await taken(limits, { ...who, consumerId: `other-${randomUUID()}` }, 1);
    await taken(limits, { ...who, purposeClass: 'ANALYSIS' }, 1);
  });

  test("a day's quota is used to its last unit, and new at midnight UTC", async () => {
    const limits = start();
    time = Date.parse('2026-11-22T23:59:30Z');
    const who = account({ dailyQuota: 5 });
    await taken(limits, who, 5);
    const refusal = await refused(limits, who, 1);
    expect(refusal).toMatchObject({ status: 429, code: 'QUOTA_EXHAUSTED' });
    expect(refusal.headers?.['retry-after']).toBe('30');
    time = Date.parse('2026-11-23T00:00:00Z');
    await taken(limits, who, 5);
    await refused(limits, who, 1);
  });

  test('many at once get no more than there is', async () => {
    const limits = start();
    const who = account({ dailyQuota: 7 });
    const results = await Promise.all(Array.from({ length: 20 }, () => limits.reserve(who, 1)));
    expect(results.filter((result) => !isRefusal(result)).length).toBeLessThanOrEqual(7);
  });
});

test('without its Redis a gateway goes on limiting alone', async () => {
  const limits = createRateLimits({
    redisUrl: 'redis://127.0.0.1:1',
    now: () => new Date(time),
    logger: pino({ level: 'silent' }),
  });
  const who: Account = { consumerId: 'c', purposeId: 'p', purposeClass: 'FACTS', dailyQuota: 3 };
  expect(isRefusal(await limits.reserve(who, 3))).toBe(false);
  expect(await limits.reserve(who, 1)).toMatchObject({ code: 'QUOTA_EXHAUSTED' });
  await limits.close();
});
