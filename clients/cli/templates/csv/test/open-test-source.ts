import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { openSource, type SourceSettings } from '../src/source/open-source.ts';

export const logger = pino({ level: 'silent' });

export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'subgraph-'));
  await cp('data/example', folder, { recursive: true });
  return folder;
}

export function settingsFor(folder: string, secret: string): SourceSettings {
  return {
    DROP_FOLDER: folder,
    MAPPING_FILE: 'mapping.json',
    STATE_FILE: ':memory:',
    CSV_DELIMITER: ';',
    CSV_ENCODING: 'utf-8',
    POLL_SECONDS: 0.05,
    STALE_AFTER_HOURS: 24,
    SECTOR_KEY_SECRET: secret,
  };
}

/** A copy of the invented file, taken in anew for each test. */
export async function openTestSource(secret: string) {
  const folder = await testFolder();
  const store = await openSource(settingsFor(folder, secret), { logger, now: () => new Date() });
  return {
    ...store,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
