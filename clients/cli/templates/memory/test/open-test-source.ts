import { pino } from 'pino';
import { openSource } from '../src/source/open-source.ts';

/** The invented data, read anew for each test. */
export function openTestSource(secret: string) {
  const settings = { DATA_FILE: 'data/enrolments.json', SECTOR_KEY_SECRET: secret };
  return openSource(settings, { logger: pino({ level: 'silent' }), now: () => new Date() });
}
