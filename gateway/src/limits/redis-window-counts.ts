import type { Redis } from 'ioredis';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { WindowCount, WindowCounts } from './window-counts.ts';

/** So many points count as "no limit" in the library; the limit itself is compared by whoever counts. */
const unlimited = Number.MAX_SAFE_INTEGER;

/** Counts that several gateways share; while Redis is down each counts alone, and lets the whole share pass once. */
export function createRedisWindowCounts(
  redis: Redis,
  keyPrefix: string,
  windowSeconds: number,
): WindowCounts {
  const counter = new RateLimiterRedis({
    storeClient: redis,
    keyPrefix,
    points: unlimited,
    duration: windowSeconds,
    insuranceLimiter: new RateLimiterMemory({
      keyPrefix,
      points: unlimited,
      duration: windowSeconds,
    }),
  });
  return {
    async add(key, points) {
      const { consumedPoints, msBeforeNext } = await added(counter, key, points);
      return { points: consumedPoints, msLeft: msBeforeNext } satisfies WindowCount;
    },
  };
}

async function added(
  counter: RateLimiterAbstract,
  key: string,
  points: number,
): Promise<RateLimiterRes> {
  try {
    return await (points < 0 ? counter.reward(key, -points) : counter.consume(key, points));
  } catch (outcome) {
    // The library rejects with the count itself when a limit is reached.
    if (outcome instanceof RateLimiterRes) return outcome;
    throw outcome;
  }
}
