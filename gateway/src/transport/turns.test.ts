import { expect, test } from 'vitest';
import { CallDeadline } from './call-deadlines.ts';
import { endOfSignal } from './operation-end.ts';
import { Turns } from './turns.ts';

function call() {
  return new CallDeadline(Number.POSITIVE_INFINITY, endOfSignal(new AbortController().signal));
}

test('turns go to those who wait in the order of their coming', async () => {
  const turns = new Turns(1, 2);
  expect(turns.take()).toBe(true);
  expect(turns.take()).toBe(false);
  const order: string[] = [];
  const first = turns.wait(call()).then((has) => order.push(`first ${has}`));
  const second = turns.wait(call()).then((has) => order.push(`second ${has}`));
  expect(turns.isFull).toBe(true);
  turns.giveBack();
  await first;
  expect(turns.take()).toBe(false);
  turns.giveBack();
  await second;
  turns.giveBack();
  expect(order).toEqual(['first true', 'second true']);
  expect([turns.take(), turns.take()]).toEqual([true, false]);
});

test('who stops waiting leaves a free place, and gets no turn', async () => {
  const turns = new Turns(1, 1);
  turns.take();
  const leaving = call();
  const left = turns.wait(leaving);
  leaving.end('CANCELLED');
  await expect(left).resolves.toBe(false);
  expect(turns.isFull).toBe(false);
  turns.giveBack();
  expect(turns.take()).toBe(true);
});

test('a call whose time is over does not wait at all', async () => {
  const turns = new Turns(1, 1);
  turns.take();
  const over = call();
  over.end('TIMEOUT');
  await expect(turns.wait(over)).resolves.toBe(false);
  expect(turns.isFull).toBe(false);
});
