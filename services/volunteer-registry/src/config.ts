import { subgraphConfig } from '@tavolo/subgraph-kit';
import { z } from 'zod';

/** Everything this service reads from its environment. */
export const volunteerRegistryConfig = {
  ...subgraphConfig,
  DATA_DIR: z.string().min(1),
  DROP_DIR: z.string().min(1),
  /** A MongoDB server; without it the embedded driver keeps one file in DATA_DIR. */
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
    .optional(),
  SECTOR_KEY_SECRET: z.string().min(32),
  LINKAGE_KEY: z.string().regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal characters'),
  LINKAGE_KEY_ID: z.string().regex(/^[A-Za-z0-9._-]{1,32}$/),
  PERSON_INDEX_URL: z.url(),
  PERSON_INDEX_TOKEN: z.string().min(1),
};
