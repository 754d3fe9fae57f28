import { join } from 'node:path';

/**
 * Environment of one institution's service alone. The person index is not there: what is measured is the
 * feed, and the service keeps trying to enrol as it would in an outage.
 */
export function loneServiceEnvironment(folder: string): Record<string, string> {
  return {
    DATA_DIR: join(folder, 'store'),
    DROP_DIR: join(folder, 'drop'),
    MLLP_PORT: '0',
    SECTOR_KEY_SECRET: 'benchmark-only-secret-of-no-institution',
    LINKAGE_KEY: '0'.repeat(64),
    LINKAGE_KEY_ID: 'benchmark',
    PERSON_INDEX_URL: 'http://127.0.0.1:9',
    PERSON_INDEX_TOKEN: 'benchmark',
  };
}
