import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createDeadline } from './deadline.ts';

const ended = (signal: AbortSignal) =>
  new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(signal.reason), { once: true }),
  );

describe('a deadline', () => {
  it('ends with its time, though the garbage collector came by', async () => {
    setFlagsFromString('--expose-gc');
    // Only a new context sees `gc` once the flag is set at run time.
    const collectGarbage = runInNewContext('gc') as () => void;
    const end = ended(createDeadline(20, new AbortController().signal).signal);
    collectGarbage();
    expect(await end).toBe('TIMEOUT');
  });

  it('ends with its parent, for the reason of its parent', async () => {
    const parent = new AbortController();
    const end = ended(createDeadline(60_000, parent.signal).signal);
    parent.abort('CANCELLED');
    expect(await end).toBe('CANCELLED');
    expect(createDeadline(60_000, parent.signal).signal.aborted).toBe(true);
  });

  it('released, it ends no more', () => {
    const parent = new AbortController();
    const deadline = createDeadline(60_000, parent.signal);
    deadline.release();
    parent.abort();
    expect(deadline.signal.aborted).toBe(false);
  });

  it('tells how much time is left, and never less than none', () => {
    const deadline = createDeadline(60_000);
    expect(deadline.remainingMs()).toBeGreaterThan(59_000);
    deadline.release();
    expect(createDeadline(0).remainingMs()).toBe(0);
  });
});
