import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '@tavolo/process-kit';
import type { HealthFeedStore } from '../store/health-feed-store.ts';

const hourMs = 3_600_000;

/** Lets raw messages and dropped files go once older than `rawDays`: they hold diagnoses and names. */
export async function forgetOldRaw(options: {
  readonly store: HealthFeedStore;
  readonly dropDir: string;
  readonly rawDays: number;
  readonly now: () => Date;
}): Promise<{ messages: number; files: number }> {
  const before = options.now().getTime() - options.rawDays * 24 * hourMs;
  const messages = options.store.forgetRawBefore(new Date(before).toISOString());
  let files = 0;
  for (const folder of ['processed', 'rejected']) {
    const place = path.join(options.dropDir, folder);
    for (const name of await readdir(place).catch(() => [])) {
      const file = path.join(place, name);
      const { mtimeMs, ctimeMs } = await stat(file);
      if (Math.max(mtimeMs, ctimeMs) >= before) continue;
      await rm(file, { force: true });
      files += 1;
    }
  }
  return { messages, files };
}

/** Runs the retention now and every hour. */
export function startRetention(
  options: Parameters<typeof forgetOldRaw>[0] & { readonly logger: Logger },
): { close(): Promise<void> } {
  const sweep = () =>
    forgetOldRaw(options).then(
      (forgotten) => options.logger.info(forgotten, 'raw messages past their retention let go'),
      (cause: unknown) => options.logger.error({ err: cause }, 'retention failed'),
    );
  let last = sweep();
  const timer = setInterval(() => {
    last = sweep();
  }, hourMs);
  return {
    async close() {
      clearInterval(timer);
      await last;
    },
  };
}
