import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** The environment of `npm start`; everything has a default. */
export const embeddedHubConfig = {
  /** Where every institution's store, secrets, drops and logs live. */
  TAVOLO_FOLDER: z
    .string()
    .default('.tavolo')
    .transform((folder) => resolve(repository, folder)),
  /** The gateway's port; the subgraphs take the six after 4100. */
  GATEWAY_PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  DEMO_SIZE: z.coerce
    .number()
    .int()
    .min(0, 'must be 0 (no demo data) or more')
    .max(100_000)
    .default(1500),
  DEMO_SEED: z.coerce.number().int().min(0).default(20_261_122),
  /** Share of dirty rows among the demo's files, 0–0.5. */
  DEMO_DIRTY_SHARE: z.coerce.number().min(0).max(0.5).default(0.02),
  /** Of every process; at `info` and below each says where it listens, which this one waits for. */
  LOG_LEVEL: z.enum(['info', 'debug', 'trace']).default('info'),
};
