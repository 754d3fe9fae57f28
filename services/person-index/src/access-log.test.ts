import { afterEach, describe, expect, it, vi } from 'vitest';
import { type AccessLog, createAccessLog } from './access-log.ts';
import type { AccessEntry, SectorKey } from './store/person-index-store.ts';

type Noted = SectorKey & AccessEntry;

describe('access log', () => {
  let log: AccessLog | undefined;
  afterEach(async () => {
    await log?.close();
    vi.useRealTimers();
  });

  /** `answers` are what each write meets, in turn; afterwards all succeed. */
  function open(...answers: (() => Promise<void>)[]) {
    const written: Noted[][] = [];
    const errors: unknown[] = [];
    log = createAccessLog({
      store: {
        async noteAccesses(entries) {
          await answers.shift()?.();
          written.push([...entries]);
        },
      },
      now: () => new Date('2026-11-22T23:59:00Z'),
      logError: (cause) => errors.push(cause),
    });
    return { log, written, errors };
  }

  const person = (key: string) => ({
    id: 'x',
    confidence: null,
    sectorKeys: { 'social-services': key },
  });

  it('counts by institution, day and purpose, and writes once', async () => {
    const { log: opened, written } = open();
    const both = {
      ...person('s'),
      sectorKeys: { 'health-authority': 'h', 'social-services': 's' },
    };
    opened.note('table', 'question-1', both);
    opened.note('table', 'question-1', both);
    opened.note('research', 'question-2', person('s'));
    await opened.close();
    const entry = { day: '2026-11-22', purpose: 'table', times: 2, requestIds: ['question-1'] };
    expect(written).toEqual([
      [
        { partner: 'health-authority', sectorKey: 'h', ...entry },
        { partner: 'social-services', sectorKey: 's', ...entry },
        {
          partner: 'social-services',
          sectorKey: 's',
          ...entry,
          purpose: 'research',
          times: 1,
          requestIds: ['question-2'],
        },
      ],
    ]);
  });

  it('names the first hundred questions of a day, and counts all', async () => {
    const { log: opened, written } = open();
    for (let place = 0; place < 150; place += 1) {
      opened.note('table', `question-${place}`, person('s'));
    }
    await opened.close();
    const [entry] = written.flat();
    expect(entry?.times).toBe(150);
    expect(entry?.requestIds).toHaveLength(100);
    expect(entry?.requestIds[0]).toBe('question-0');
  });

  it('writes every few seconds, and nothing when nobody was asked about', async () => {
    vi.useFakeTimers();
    const { log: opened, written } = open();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(written).toEqual([]);
    opened.note('table', null, person('s'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(written).toHaveLength(1);
  });

  it('loses nothing of a write that failed, and says that it failed', async () => {
    vi.useFakeTimers();
    const { log: opened, written, errors } = open(() => Promise.reject(new Error('away')));
    opened.note('table', null, person('s'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(errors).toHaveLength(1);
    opened.note('table', null, person('s'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(written.flat()).toMatchObject([{ sectorKey: 's', times: 2 }]);
  });

  it('keeps a bounded number of entries while the database does not answer', async () => {
    let answer: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { log: opened, written } = open(() => waiting);
    for (let key = 0; key < 150_000; key += 1) opened.note('table', null, person(`s${key}`));
    answer();
    await opened.close();
    expect(written.flat().length).toBeLessThanOrEqual(120_000);
  });
});
