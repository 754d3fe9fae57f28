import type { PurposeClass } from '@tavolo/access-model';
import type { Logger } from '@tavolo/process-kit';
import { Redis } from 'ioredis';
import type { Refusal } from '../gate/refusal.ts';
import { classLimits } from './query-limits.ts';
import { createRedisWindowCounts } from './redis-window-counts.ts';
import { MemoryWindowCounts, type WindowCount, type WindowCounts } from './window-counts.ts';

/** One question's share, taken before it is run and settled by what it really cost. */
export interface Reservation {
  /** The headers of ModI (`RAC_ROBUSTEZZA_001`); seconds until the minute is over. */
  readonly headers: Readonly<Record<string, string>>;
  /** At once where nobody else counts. */
  settle(actualCost: number): Promise<void> | undefined;
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

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** No single question holds more of the minute than this share while it runs. */
const largestShare = 10;

/** Counts in Redis, or, without one or while it is down, in this process. */
export function createRateLimits(options: RateLimitsOptions): RateLimits {
  const { now, logger } = options;
  const redis =
    options.redisUrl === undefined
      ? undefined
      : new Redis(options.redisUrl, { maxRetriesPerRequest: 1, enableOfflineQueue: false });
  // Without a listener a lost connection would end the process.
  redis?.on('error', (error: Error) => logger.warn({ err: error }, 'Redis is not reachable'));
  const counts = (keyPrefix: string, windowMs: number): WindowCounts =>
    redis
      ? createRedisWindowCounts(redis, keyPrefix, windowMs / 1000)
      : new MemoryWindowCounts(windowMs, () => now().getTime());
  const minutes = counts('tavolo:rate', minuteMs);
  const days = counts('tavolo:quota', dayMs);
  let today = { number: Number.NaN, name: '' };

  function nameOfDay(at: Date): string {
    const number = Math.floor(at.getTime() / dayMs);
    if (number !== today.number) today = { number, name: at.toISOString().slice(0, 10) };
    return today.name;
  }

  return {
    async reserve(account, estimatedCost) {
      const { costPerMinute } = classLimits[account.purposeClass];
      const share = Math.max(1, Math.min(estimatedCost, Math.ceil(costPerMinute / largestShare)));
      const shares = new Shares(
        minutes,
        `${account.consumerId}:${account.purposeClass}`,
        days,
        `${account.purposeId}:${nameOfDay(now())}`,
      );
      const counted = shares.add(share);
      const [minute, day] = counted instanceof Promise ? await counted : counted;
      const resetSeconds = Math.max(1, Math.ceil(minute.msLeft / 1000));
      const headers = {
        'x-ratelimit-limit': String(costPerMinute),
        'x-ratelimit-remaining': String(Math.max(0, costPerMinute - minute.points)),
        'x-ratelimit-reset': String(resetSeconds),
      };
      if (day.points > account.dailyQuota) {
        await shares.add(-share);
        const untilTomorrow = secondsUntilTomorrow(now());
        return {
          status: 429,
          code: 'QUOTA_EXHAUSTED',
          message: `The purpose ${account.purposeId} may use ${account.dailyQuota} cost units a day`,
          headers: { ...headers, 'retry-after': String(untilTomorrow) },
        };
      }
      if (minute.points > costPerMinute) {
        await shares.add(-share);
        return {
          status: 429,
          code: 'RATE_LIMITED',
          message: `The consumer ${account.consumerId} may use ${costPerMinute} cost units a minute for this class of purposes`,
          headers: { ...headers, 'retry-after': String(resetSeconds) },
        };
      }
      return new SharesReservation(headers, shares, share);
    },
    async close() {
      await redis?.quit().catch(() => redis.disconnect());
    },
  };
}

/** One question's part in the minute of its consumer and the day of its purpose. */
class Shares {
  readonly #minutes: WindowCounts;
  readonly #minuteKey: string;
  readonly #days: WindowCounts;
  readonly #dayKey: string;

  constructor(minutes: WindowCounts, minuteKey: string, days: WindowCounts, dayKey: string) {
    this.#minutes = minutes;
    this.#minuteKey = minuteKey;
    this.#days = days;
    this.#dayKey = dayKey;
  }

  /** At once where both are counted in this process. */
  add(points: number): Counted | Promise<Counted> {
    const minute = this.#minutes.add(this.#minuteKey, points);
    const day = this.#days.add(this.#dayKey, points);
    if (minute instanceof Promise || day instanceof Promise) return Promise.all([minute, day]);
    return [minute, day];
  }
}

type Counted = readonly [minute: WindowCount, day: WindowCount];

class SharesReservation implements Reservation {
  readonly headers: Reservation['headers'];
  readonly #shares: Shares;
  readonly #share: number;

  constructor(headers: Reservation['headers'], shares: Shares, share: number) {
    this.headers = headers;
    this.#shares = shares;
    this.#share = share;
  }

  settle(actualCost: number): Promise<void> | undefined {
    const difference = Math.max(1, Math.round(actualCost)) - this.#share;
    if (difference === 0) return undefined;
    const counted = this.#shares.add(difference);
    return counted instanceof Promise ? counted.then(nothing) : undefined;
  }
}

const nothing = () => undefined;

function secondsUntilTomorrow(now: Date): number {
  const tomorrow = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
  return Math.max(1, Math.ceil((tomorrow - now.getTime()) / 1000));
}
