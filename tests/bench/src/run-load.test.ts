import { expect, it } from 'vitest';
import { runLoad } from './run-load.ts';

it('runs every task once and never more at a time than asked', async () => {
  const seen: number[] = [];
  let running = 0;
  let most = 0;
  const { latenciesMs } = await runLoad({ count: 40, concurrency: 4 }, async (index) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    seen.push(index);
    running -= 1;
  });
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index));
  expect(latenciesMs).toHaveLength(40);
  expect(most).toBe(4);
});

it('fails when a task fails', async () => {
  const load = runLoad({ count: 3, concurrency: 1 }, async () => {
    throw new Error('refused');
  });
  await expect(load).rejects.toThrow('refused');
});
