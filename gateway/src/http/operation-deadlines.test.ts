import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OperationDeadlines } from './operation-deadlines.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('each operation ends with its own time', () => {
  const deadlines = new OperationDeadlines(1_000);
  const first = deadlines.start();
  vi.advanceTimersByTime(600);
  const second = deadlines.start();
  expect([first.remainingMs(), second.remainingMs()]).toEqual([400, 1_000]);
  vi.advanceTimersByTime(400);
  expect(first.signal.reason).toBe('TIMEOUT');
  expect(first.remainingMs()).toBe(0);
  expect(second.signal.aborted).toBe(false);
  vi.advanceTimersByTime(600);
  expect(second.signal.reason).toBe('TIMEOUT');
});

test('one timer serves all, and none is left when nothing is under way', () => {
  const deadlines = new OperationDeadlines(1_000);
  const started = Array.from({ length: 100 }, () => deadlines.start());
  expect(vi.getTimerCount()).toBe(1);
  for (const deadline of started) deadline.release();
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(0);
  const late = deadlines.start();
  vi.advanceTimersByTime(1_000);
  expect(late.signal.aborted).toBe(true);
});

test('a released one ends no more, and the others still do', () => {
  const deadlines = new OperationDeadlines(1_000);
  const released = deadlines.start();
  const other = deadlines.start();
  released.release();
  vi.advanceTimersByTime(1_000);
  expect(released.signal.aborted).toBe(false);
  expect(other.signal.aborted).toBe(true);
});

test('its calls hear of its end once, and those that left do not', () => {
  const deadline = new OperationDeadlines(1_000).start();
  const heard: string[] = [];
  const call = (name: string) => ({ end: (end: string) => void heard.push(`${name} ${end}`) });
  const left = call('left');
  deadline.follow(call('stays'));
  deadline.follow(left);
  deadline.leave(left);
  expect(deadline.ended).toBeUndefined();
  vi.advanceTimersByTime(1_000);
  deadline.abort('CANCELLED');
  expect([heard, deadline.ended]).toEqual([['stays TIMEOUT'], 'TIMEOUT']);
});

test('it ends early when nobody waits any more', () => {
  const deadline = new OperationDeadlines(1_000).start();
  deadline.abort('CANCELLED');
  vi.advanceTimersByTime(1_000);
  expect(deadline.signal.reason).toBe('CANCELLED');
});
