import { pino } from 'pino';
import { openSource } from '../src/source/open-source.ts';

/** The invented table, in a PostgreSQL inside this process. */
export function openTestSource(secret: string) {
  const settings = {
    TABLE: 'iscrizioni',
    MAPPING_FILE: 'mapping.json',
    STATE_FILE: ':memory:',
    REFRESH_SECONDS: 300,
    SECTOR_KEY_SECRET: secret,
  };
  return openSource(settings, { logger: pino({ level: 'silent' }), now: () => new Date() });
}
