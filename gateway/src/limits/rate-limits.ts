import type { PurposeClass } from '@tavolo/access-model';
import type { Logger } from '@tavolo/process-kit';
import { Redis } from 'ioredis';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { Refusal } from '../gate/refusal.ts';
import { classLimits } from './query-limits.ts';

/** One question's share, taken before it is run and settled by what it really cost. */
export interface Reservation {
  /** The headers of ModI (`RAC_ROBUSTEZZA_001`); seconds until the minute is over. */
  readonly headers: Readonly<Record<string, string>>;
  settle(actualCost: number): Promise<void>;
}

/** What one question is counted on. */
export interface Account {
  readonly consumerId: string;
  readonly purposeId: string;
  readonly purposeClass: PurposeClass;
  readonly dailyQuota: number;
}

/** Rates per consumer and class, quotas per purpose and day (UTC), both weighted by cost. */
export interface RateLimits {
  reserve(account: Account, estimatedCost: number): Promise<Reservation | Refusal>;
  close(): Promise<void>;
}

export interface RateLimitsOptions {
  /** Shared between gateways when given; otherwise each counts alone, in memory. */
  readonly redisUrl: string | undefined;
  readonly now: () => Date;
  readonly logger: Logger;
}

const minuteSeconds = 60;
const daySeconds = 86_400;
/** No single question holds more of the minute than this share while it runs. */
const largestShare = 10;
/** So many points count as "no limit" in the library; the limit itself is compared here. */
const unlimited = Number.MAX_SAFE_INTEGER;

/** Counts in Redis, or, without one or while it is down, in this process. */
export function createRateLimits(options: RateLimitsOptions): RateLimits {
  const { now, logger } = options;
  const redis =
    options.redisUrl === undefined
      ? undefined
      : new Redis(options.redisUrl, { maxRetriesPerRequest: 1, enableOfflineQueue: false });
  // Without a listener a lost connection would end the process.
  redis?.on('error', (error: Error) => logger.warn({ err: error }, 'Redis is not reachable'));
  const counter = (keyPrefix: string, duration: number): RateLimiterAbstract => {
    const memory = new RateLimiterMemory({ keyPrefix, points: unlimited, duration });
    return redis
      ? new RateLimiterRedis({
          storeClient: redis,
          keyPrefix,
          points: unlimited,
          duration,
          // Alone it still limits: each gateway then lets the whole share pass once.
          insuranceLimiter: memory,
        })
      : memory;
  };
  const minutes = counter('tavolo:rate', minuteSeconds);
  const days = counter('tavolo:quota', daySeconds);

  return {
    async reserve(account, estimatedCost) {
      const { costPerMinute } = classLimits[account.purposeClass];
      const share = Math.max(1, Math.min(estimatedCost, Math.ceil(costPerMinute / largestShare)));
      const rateKey = `${account.consumerId}:${account.purposeClass}`;
      const quotaKey = `${account.purposeId}:${now().toISOString().slice(0, 10)}`;
      const [minute, day] = await Promise.all([
        add(minutes, rateKey, share),
        add(days, quotaKey, share),
      ]);
      const change = (points: number) =>
        Promise.all([add(minutes, rateKey, points), add(days, quotaKey, points)]);
      const resetSeconds = Math.max(1, Math.ceil(minute.msBeforeNext / 1000));
      const headers = {
        'x-ratelimit-limit': String(costPerMinute),
        'x-ratelimit-remaining': String(Math.max(0, costPerMinute - minute.consumedPoints)),
        'x-ratelimit-reset': String(resetSeconds),
      };
      if (day.consumedPoints > account.dailyQuota) {
        await change(-share);
        const untilTomorrow = secondsUntilTomorrow(now());
        return {
          status: 429,
          code: 'QUOTA_EXHAUSTED',
          message: `The purpose ${account.purposeId} may use ${account.dailyQuota} cost units a day`,
          headers: { ...headers, 'retry-after': String(untilTomorrow) },
        };
      }
      if (minute.consumedPoints > costPerMinute) {
        await change(-share);
        return {
          status: 429,
          code: 'RATE_LIMITED',
          message: `The consumer ${account.consumerId} may use ${costPerMinute} cost units a minute for this class of purposes`,
          headers: { ...headers, 'retry-after': String(resetSeconds) },
        };
      }
      return {
        headers,
        async settle(actualCost) {
          const difference = Math.max(1, Math.round(actualCost)) - share;
          if (difference !== 0) await change(difference);
        },
      };
    },
    async close() {
      await redis?.quit().catch(() => redis.disconnect());
    },
  };
}

/** Adds to a counter and tells how it stands; negative takes back. */
async function add(
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

function secondsUntilTomorrow(now: Date): number {
  const tomorrow = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
  return Math.max(1, Math.ceil((tomorrow - now.getTime()) / 1000));
}
