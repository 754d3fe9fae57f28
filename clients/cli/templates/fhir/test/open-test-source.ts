import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { openSource } from '../src/source/open-source.ts';

/** A copy of the invented export, taken in anew for each test. */
export async function openTestSource(secret: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'subgraph-'));
  await cp('data/example', folder, { recursive: true });
  const settings = {
    MLLP_HOST: '127.0.0.1',
    MLLP_PORT: 0,
    DROP_FOLDER: folder,
    CODES_FILE: 'codes.json',
    STATE_FILE: ':memory:',
    POLL_SECONDS: 3_600,
    STALE_AFTER_HOURS: 24,
    SECTOR_KEY_SECRET: secret,
  };
  const surroundings = { logger: pino({ level: 'silent' }), now: () => new Date() };
  const store = await openSource(settings, surroundings);
  return {
    ...store,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
