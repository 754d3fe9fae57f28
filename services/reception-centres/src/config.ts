import { subgraphConfig } from '@tavolo/subgraph-kit';
import { z } from 'zod';

/** The environment of the reception centres' service. */
export const receptionCentresConfig = {
  ...subgraphConfig,
  DATA_DIR: z.string().min(1, 'must name a folder'),
  DROP_DIR: z.string().min(1, 'must name a folder'),
  POLL_INTERVAL_MS: z.coerce.number().int().min(50).max(60_000).default(400),
  ABSENT_SHEETS: z.coerce.number().int().min(1).max(30).default(3),
  STALE_AFTER_HOURS: z.coerce.number().positive().default(48),
  SECTOR_KEY_SECRET: z.string().min(32, 'must have at least 32 characters'),
  LINKAGE_KEY: z.string().regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal characters'),
  LINKAGE_KEY_ID: z.string().min(1),
  PERSON_INDEX_URL: z.url('must be a URL'),
  PERSON_INDEX_TOKEN: z.string().min(1),
};
