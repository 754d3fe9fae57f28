import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/**
 * The next message of a process that was started with a channel. Throws when it ends without one; its own output says why.
 */
export async function nextMessage(child: ChildProcess): Promise<unknown> {
  const isOver = new AbortController();
  const { signal } = isOver;
  // Not its exit: what it sent before is read first.
  const ended = child.connected ? once(child, 'disconnect', { signal }) : Promise.resolve();
  const silent = ended.then(async (): Promise<never> => {
    throw new Error(`The process that asks ended too early (${await endOf(child)})`);
  });
  try {
    const message = once(child, 'message', { signal }).then(([told]: unknown[]) => told);
    message.catch(() => undefined);
    return await Promise.race([message, silent]);
  } finally {
    silent.catch(() => undefined);
    isOver.abort();
  }
}

async function endOf(child: ChildProcess): Promise<string> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.signalCode ?? `exit code ${child.exitCode ?? 'unknown'}`;
}
