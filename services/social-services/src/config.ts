import { subgraphConfig } from '@tavolo/subgraph-kit';
import { z } from 'zod';

/** The environment of this service; README.md has the same table in words. */
export const config = {
  ...subgraphConfig,
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, { error: 'must be a postgres:// URL' }),
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(50).default(4),
  STATEMENT_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(10_000),
  SOCIAL_SERVICES_FILE: z.string().optional(),
  SCAN_INTERVAL_MS: z.coerce.number().int().min(1000).default(300_000),
  SECTOR_KEY_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }),
  LINKAGE_KEY: z.string().regex(/^[0-9a-f]{64}$/i, { error: 'must be 64 hexadecimal characters' }),
  LINKAGE_KEY_ID: z.string().min(1),
  PERSON_INDEX_URL: z.url(),
  PERSON_INDEX_TOKEN: z.string().min(1),
  ENROLMENT_INTERVAL_MS: z.coerce.number().int().min(1000).default(60_000),
};
