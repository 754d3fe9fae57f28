import { subgraphConfig } from '@tavolo/subgraph-kit';
import { z } from 'zod';
import { FOUNDING_PARTNERS } from './partner.ts';

/** Office → SHA-256, in hexadecimal, of the token it shows. */
const tokensByOffice = z.record(
  z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  z.string().regex(/^[0-9a-f]{64}$/),
);

function officeTokens(office: string) {
  return z
    .string()
    .default('{}')
    .transform((text, context) => {
      const tokens = tokensByOffice.safeParse(parseJson(text));
      if (tokens.success) return tokens.data;
      context.addIssue({
        code: 'custom',
        message: `must be a JSON object: name of the ${office} to a SHA-256 in hexadecimal`,
      });
      return z.NEVER;
    });
}

/** The environment of the person index. */
export const personIndexConfig = {
  ...subgraphConfig,
  DATABASE_URL: z.string().regex(/^postgres(?:ql)?:\/\//, 'must be a postgres:// URL'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(50).default(4),
  REF_SECRET: z.string().min(32, 'must have at least 32 characters'),
  STORE_SECRET: z.string().min(32, 'must have at least 32 characters'),
  EMBARGO_DAYS: z.coerce.number().int().min(0).max(365).default(7),
  RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(365),
  RELINK_HOUR: z.coerce.number().int().min(0).max(23).default(2),
  REVIEWER_TOKENS: officeTokens('reviewing office'),
  OPERATOR_TOKENS: officeTokens('operating office'),
  PARTNER_TOKENS: z.string().transform((text, context) => {
    const tokens = partnerTokens.safeParse(parseJson(text));
    if (tokens.success) return tokens.data;
    context.addIssue({
      code: 'custom',
      message: `must be a JSON object: institution (${FOUNDING_PARTNERS.join(', ')}) to a SHA-256 in hexadecimal, all different`,
    });
    return z.NEVER;
  }),
};

/** Institution → SHA-256, in hexadecimal, of the token it shows. */
const partnerTokens = z
  .partialRecord(z.enum(FOUNDING_PARTNERS), z.string().regex(/^[0-9a-f]{64}$/))
  .refine((tokens) => new Set(Object.values(tokens)).size === Object.keys(tokens).length);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
