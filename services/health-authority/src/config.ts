import { subgraphConfig } from '@tavolo/subgraph-kit';
import { z } from 'zod';

const positive = z.coerce.number().int().positive();

/** The environment of the health authority's service; described in the README. */
export const healthAuthorityConfig = {
  ...subgraphConfig,
  DATA_DIR: z.string().min(1),
  DROP_DIR: z.string().min(1),
  DROP_INTERVAL_MS: positive.default(500),
  MLLP_PORT: z.coerce.number().int().min(0).max(65_535),
  MLLP_MAX_MESSAGE_BYTES: positive.default(1024 * 1024),
  MLLP_IDLE_TIMEOUT_MS: positive.default(600_000),
  FHIR_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  FHIR_PULL_INTERVAL_MS: positive.default(60_000),
  PATIENT_AUTHORITY: z.string().min(1).default('AUSLPR'),
  PATIENT_SYSTEM: z.string().min(1).default('https://ausl.example/sid/paziente'),
  TIME_ZONE: z
    .string()
    .refine((zone) => {
      try {
        return (
          new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone !== ''
        );
      } catch {
        return false;
      }
    }, 'must be an IANA time zone')
    .default('Europe/Rome'),
  RAW_RETENTION_DAYS: positive.default(30),
  STALE_AFTER_HOURS: positive.default(24),
  SECTOR_KEY_SECRET: z.string().min(32, 'must have at least 32 characters'),
  LINKAGE_KEY: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal characters'),
  LINKAGE_KEY_ID: z.string().min(1),
  PERSON_INDEX_URL: z.url({ protocol: /^https?$/ }),
  PERSON_INDEX_TOKEN: z.string().min(1),
  ENROLMENT_INTERVAL_MS: positive.default(60_000),
};
