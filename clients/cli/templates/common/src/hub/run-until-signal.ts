import type { FastifyBaseLogger } from 'fastify';
import { describeError } from './errors.ts';
import { ConfigError } from './read-config.ts';

/** The one owner of the process's end: starts, then closes on SIGTERM or SIGINT; a second signal ends at once. */
export async function runUntilSignal(
  start: () => Promise<{ close(): Promise<void> }>,
  logger: FastifyBaseLogger,
): Promise<void> {
  // What the process writes is about people: readable by its own user only.
  process.umask(0o077);
  const stop = new Promise<string>((resolve) => {
    let asked = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        resolve(signal);
      });
    }
  });
  try {
    const running = await start();
    logger.info({ why: await stop }, 'closing');
    await running.close();
  } catch (error) {
    // Our own words may be shown; a library's message could quote data.
    const words = error instanceof ConfigError ? error.message : 'could not start or close';
    logger.fatal(describeError(error), words);
    process.exitCode = 1;
  }
}
