import { subgraphConfig } from '@tavolo/subgraph-kit';
import { z } from 'zod';

/** The environment of the coordination table's service. */
export const coordinationTableConfig = {
  ...subgraphConfig,
  DATABASE_URL: z.string().regex(/^postgres(?:ql)?:\/\//, 'must be a postgres:// URL'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(50).default(4),
};
