import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startUpkeep } from './upkeep.ts';

const HOUR_MS = 3_600_000;

describe('upkeep', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function start(at: string, failures: Error[] = []) {
    vi.setSystemTime(new Date(at));
    const done: string[] = [];
    const errors: object[] = [];
    const hour = () => new Date().toISOString().slice(0, 13);
    const upkeep = startUpkeep({
      store: {
        sweep: () => {
          done.push(`${hour()} sweep`);
          return Promise.resolve(0);
        },
        relinkAll: () => {
          done.push(`${hour()} relink`);
          const failure = failures.shift();
          return failure === undefined ? Promise.resolve() : Promise.reject(failure);
        },
      },
      relinkHour: 2,
      now: () => new Date(),
      logger: { info: () => undefined, error: (failure) => errors.push(failure) },
    });
    const relinks = () => done.filter((one) => one.endsWith('relink'));
    return { upkeep, done, errors, relinks };
  }

  it('forgets every hour and links everybody anew once a night', async () => {
    const { upkeep, done, relinks } = start('2026-11-22T22:30:00Z');
    await vi.advanceTimersByTimeAsync(48 * HOUR_MS);
    expect(done.filter((one) => one.endsWith('sweep'))).toHaveLength(48);
    expect(relinks()).toEqual(['2026-11-23T02 relink', '2026-11-24T02 relink']);
    await upkeep.close();
  });

  it('tries the night’s work again the next hour when it failed, and tells why', async () => {
    const { upkeep, errors, relinks } = start('2026-11-22T22:30:00Z', [new Error('away')]);
    await vi.advanceTimersByTimeAsync(8 * HOUR_MS);
    expect(relinks()).toEqual(['2026-11-23T02 relink', '2026-11-23T03 relink']);
    expect(errors).toEqual([{ err: new Error('away') }]);
    await upkeep.close();
  });

  it('does the night’s work although the clock jumped over its hour', async () => {
    const { upkeep, relinks } = start('2026-11-22T22:30:00Z');
    vi.setSystemTime(new Date('2026-11-23T05:10:00Z'));
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(relinks()).toEqual(['2026-11-23T06 relink']);
    await upkeep.close();
  });

  it('does nothing after it was closed', async () => {
    const { upkeep, done } = start('2026-11-22T22:30:00Z');
    await upkeep.close();
    await vi.advanceTimersByTimeAsync(24 * HOUR_MS);
    expect(done).toEqual([]);
  });
});
