import type { Logger } from './create-logger.ts';
import { describeStartError } from './start-problem.ts';

/**
 * The one owner of a process's end: starts, then closes on SIGTERM, SIGINT, or when the process that
 * started it is gone (its IPC channel closes). A second signal ends at once. What the process writes is
 * readable by its own user only: stores and drops are about people.
 */
export async function runUntilSignal(
  start: () => Promise<{ close(): Promise<void> }>,
  logger: Logger,
): Promise<void> {
  process.umask(0o077);
  const stop = new Promise<string>((resolve) => {
    let asked = false;
    const ask = (why: string) => {
      if (asked && why !== 'disconnect') process.exit(1);
      asked = true;
      resolve(why);
    };
    process.on('SIGTERM', () => ask('SIGTERM'));
    process.on('SIGINT', () => ask('SIGINT'));
    process.once('disconnect', () => ask('disconnect'));
  });
  try {
    const running = await start();
    const why = await stop;
    logger.info({ why }, 'closing');
    await running.close();
    logger.info('closed');
  } catch (error) {
    logger.fatal({ problem: describeStartError(error), err: error }, 'could not start or close');
    process.exitCode = 1;
  }
  // The IPC channel to the starter would keep an otherwise finished process alive.
  if (process.connected) process.disconnect();
}
