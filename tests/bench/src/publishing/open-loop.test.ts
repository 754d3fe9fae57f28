import { expect, it } from 'vitest';
import { startOpenLoop } from './open-loop.ts';

it('sends by the clock, and tells why what failed has failed', async () => {
  const enough = deferred();
  const loop = startOpenLoop(1_000, async (index) => {
    if (index === 20) enough.resolve();
    if (index === 3) throw new Error('broke');
    return index % 2 === 0 ? null : 'odd';
  });
  await enough.promise;
  const { sent, failures, latenciesMs } = await loop.stop();
  expect(failures.get('broke')).toBe(1);
  const odd = failures.get('odd') ?? 0;
  expect(odd).toBeGreaterThan(0);
  expect(latenciesMs.length + odd + 1).toBe(sent);
});

function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
