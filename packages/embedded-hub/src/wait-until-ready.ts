import { setTimeout as delay } from 'node:timers/promises';
import { StartProblem } from '@tavolo/process-kit';

/** Resolves when a gateway says that it has its graph and has seen every partner; its page says what is missing. */
export async function waitUntilReady(url: string, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/health/ready`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.status === 200) return;
    await delay(200);
  }
  throw new StartProblem(
    `The gateway is not ready after ${timeoutMs / 1000} s: ${url}/health/ready says why`,
  );
}
