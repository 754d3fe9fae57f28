import { registryId } from '@tavolo/access-model';
import { subgraphConfig } from '@tavolo/subgraph-kit';
import { reportSigningKey } from '@tavolo/yearly-report';
import { z } from 'zod';

const secret = z.string().min(32, 'must have at least 32 characters');
const origin = z
  .url({ protocol: /^https?$/u })
  .refine((url) => new URL(url).origin === url, 'must be an origin without a path');
const count = z.coerce.number().int();

const privateKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/u),
  d: z.string().regex(/^[\w-]{43}$/u),
  kid: z.string().min(1).max(200),
});

/** A variable that holds JSON; its message says the form and never quotes what was there. */
function json<S extends z.ZodType>(shape: S, form: string) {
  return z.string().transform((text, context): z.infer<S> => {
    const read = shape.safeParse(parse(text));
    if (read.success) return read.data;
    context.addIssue({ code: 'custom', message: `must be ${form}` });
    return z.NEVER;
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const publicKey = privateKey.omit({ d: true, kid: true });

/** How the table learns the supergraph that further facts are read against. */
const registry = {
  REGISTRY_URL: origin,
  /** What the registry knows this table by: a token as a gateway's. */
  REGISTRY_TOKEN: z.string().min(32, 'must have at least 32 characters'),
  REGISTRY_PUBLIC_KEY: json(publicKey, 'a public Ed25519 key as JWK (kty OKP, crv Ed25519, x)'),
};

const keyForm = 'a private Ed25519 key as JWK (kty OKP, crv Ed25519, x, d, kid)';

/** The environment of the coordination table's service. */
export const coordinationTableConfig = {
  ...subgraphConfig,
  DATABASE_URL: z.string().regex(/^postgres(?:ql)?:\/\//, 'must be a postgres:// URL'),
  /** Without one, yearly reports are frozen and not signed. */
  REPORT_SIGNING_KEY: reportSigningKey.optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(50).default(4),
  /** Folder of the facts' file, readable by this account alone. */
  DATA_DIR: z.string().min(1),
  GATEWAY_URL: origin,
  TOKEN_ISSUER: z.url({ protocol: /^https?$/u }),
  FACT_LOADER_CLIENT_ID: z.string().regex(/^[\w.:|~+=/-]{1,200}$/u),
  FACT_LOADER_KEY: json(privateKey, keyForm),
  /** Seldom, since each load that differs tells of a change; a day at the most, since an objection holds within one. */
  /** It is looked every ten minutes whether a load is due, and who objects is gone within a day. */
  FACTS_EVERY_MINUTES: count.min(1).max(1_420).default(1_320),
  FACTS_MEMORY: z
    .string()
    .regex(/^[1-9]\d{1,4}(?:MB|GB)$/u, 'must be a size such as 512MB')
    .default('512MB'),
  RECORD_KEY_SECRET: secret,
  ENTRY_CODE_SECRET: secret,
  THRESHOLD: count.min(3, 'is never less than the floor of 3').max(1_000).default(5),
  SENSITIVE_THRESHOLD: count.min(10, 'is never less than 10').max(1_000).default(10),
  OWNER_THRESHOLDS: json(
    z.record(registryId, z.number().int().min(3).max(1_000)),
    'a JSON object: name of a subgraph to the number of people, 3 or more, its owner asks for',
  ).prefault('{}'),
};

/** The same with a folder of further facts: whoever names one names the registry as well. */
export const furtherFactsConfig = {
  ...coordinationTableConfig,
  FURTHER_FACTS_DIR: z.string().min(1),
  ...registry,
};
