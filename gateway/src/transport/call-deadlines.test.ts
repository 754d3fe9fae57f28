import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CallDeadlines } from './call-deadlines.ts';
import { type CallEnd, endOfSignal } from './operation-end.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function watch(deadlines: CallDeadlines, signal = new AbortController().signal) {
  const ends: CallEnd[] = [];
  const deadline = deadlines.start(endOfSignal(signal));
  deadline.onEnd((end) => ends.push(end));
  return { deadline, ends };
}

test('every call ends at its own time, by one timer for all', () => {
  const deadlines = new CallDeadlines(100);
  const first = watch(deadlines);
  vi.advanceTimersByTime(30);
  const second = watch(deadlines);
  expect(vi.getTimerCount()).toBe(1);
  expect(second.deadline.remainingMs()).toBe(100);
  vi.advanceTimersByTime(69);
  expect([first.ends, second.ends]).toEqual([[], []]);
  vi.advanceTimersByTime(1);
  expect([first.ends, second.ends]).toEqual([['TIMEOUT'], []]);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(30);
  expect(second.ends).toEqual(['TIMEOUT']);
  expect(vi.getTimerCount()).toBe(0);
});

test('a call released before its time ends no more, and the next still does', () => {
  const deadlines = new CallDeadlines(100);
  const first = watch(deadlines);
  vi.advanceTimersByTime(50);
  const second = watch(deadlines);
  deadlines.release(first.deadline);
  vi.advanceTimersByTime(99);
  expect([first.ends, second.ends]).toEqual([[], []]);
  vi.advanceTimersByTime(1);
  expect([first.ends, second.ends]).toEqual([[], ['TIMEOUT']]);
});

test('a call ends with its operation, for the reason of the operation, and once', () => {
  const deadlines = new CallDeadlines(100);
  const cancelled = new AbortController();
  const timedOut = new AbortController();
  const left = watch(deadlines, cancelled.signal);
  const late = watch(deadlines, timedOut.signal);
  cancelled.abort('CANCELLED');
  timedOut.abort('TIMEOUT');
  vi.advanceTimersByTime(200);
  expect([left.ends, late.ends]).toEqual([['CANCELLED'], ['TIMEOUT']]);
});

test('an operation with many calls ends them all, and is listened to once', () => {
  const operation = new AbortController();
  const listen = vi.spyOn(operation.signal, 'addEventListener');
  const several = [new CallDeadlines(100), new CallDeadlines(200)];
  const calls = Array.from({ length: 50 }, (_, at) =>
    watch(several[at % 2] ?? new CallDeadlines(100), operation.signal),
  );
  const released = calls[0];
  released?.deadline.release();
  operation.abort('CANCELLED');
  expect(calls.map(({ ends }) => ends.length)).toEqual([0, ...Array<number>(49).fill(1)]);
  expect(listen).toHaveBeenCalledTimes(1);
});

test('who asks to hear of an end that was already there hears it at once', () => {
  const deadlines = new CallDeadlines(100);
  const { deadline, ends } = watch(deadlines, AbortSignal.abort('CANCELLED'));
  expect([deadline.ended, ends]).toEqual(['CANCELLED', ['CANCELLED']]);
});

test('closed, no timer is left', () => {
  const deadlines = new CallDeadlines(100);
  watch(deadlines);
  deadlines.close();
  expect(vi.getTimerCount()).toBe(0);
});
