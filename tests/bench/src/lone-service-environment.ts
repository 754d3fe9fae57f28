import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type GatewayKey, publicKeysOf } from './gateway-key.ts';

/**
 * Environment of one institution's service alone. The person index is not there: what is measured is the
 * feed, and the service keeps trying to enrol as it would in an outage. Whoever holds `gatewayKey` may ask it.
 */
export function loneServiceEnvironment(
  folder: string,
  gatewayKey: GatewayKey,
): Record<string, string> {
  return {
    GATEWAY_KEYS: JSON.stringify(publicKeysOf(gatewayKey)),
    DATA_DIR: join(folder, 'store'),
    DROP_DIR: join(folder, 'drop'),
    MLLP_PORT: '0',
    SECTOR_KEY_SECRET: randomBytes(32).toString('base64url'),
    LINKAGE_KEY: randomBytes(32).toString('hex'),
    LINKAGE_KEY_ID: 'benchmark',
    PERSON_INDEX_URL: 'http://127.0.0.1:9',
    PERSON_INDEX_TOKEN: 'benchmark',
  };
}
