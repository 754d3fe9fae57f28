import { serverConfig } from '@tavolo/process-kit';
import { readAllowedNetworks } from '@tavolo/routing-address';
import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);
const clientId = z.string().regex(/^[\w.:|~+=/-]{1,200}$/u);

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

const privateKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/u),
  d: z.string().regex(/^[\w-]{43}$/u),
  kid: z.string().min(1).max(200),
});
const keyForm = 'a private Ed25519 key as JWK (kty OKP, crv Ed25519, x, d, kid)';

const networksForm = 'a JSON list of networks: ["10.1.0.0/16"]';
const networks = json(z.array(z.string()).max(50), networksForm).transform((list, context) => {
  try {
    return readAllowedNetworks(list);
  } catch {
    context.addIssue({ code: 'custom', message: `must be ${networksForm}` });
    return z.NEVER;
  }
});

/** The environment of the registry. */
export const registryConfig = {
  ...serverConfig,
  PORT: serverConfig.PORT.default(4020),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/u })
    .refine(
      (url) => new URL(url).origin === url,
      'must be an origin without a path or a slash at the end',
    )
    .optional(),
  DATABASE_URL: z.string().regex(/^postgres(?:ql)?:\/\//u, 'must be a postgres:// URL'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(20).default(3),
  TOKEN_ISSUERS: json(
    z
      .array(z.object({ issuer: z.url(), jwksUrl: z.url().optional() }))
      .min(1)
      .max(20),
    'a JSON list of {issuer, jwksUrl?}',
  ),
  REGISTRY_OPERATORS: json(
    z
      .array(
        z.strictObject({
          issuer: z.url(),
          clientId,
          subject: z.string().min(1).max(500).optional(),
        }),
      )
      .max(50),
    'a JSON list of {issuer, clientId, subject?}',
  ).prefault('[]'),
  REGISTRY_SIGNING_KEY: json(privateKey, keyForm),
  GATEWAY_TOKENS: json(
    z.array(sha256).max(50),
    'a JSON list of SHA-256 in hexadecimal, one of each gateway token',
  ).prefault('[]'),
  ROUTING_ALLOWED_NETWORKS: networks.prefault('[]'),
  PSEUDONYM_SECRET: z.string().min(32, 'must have at least 32 characters'),
  EVIDENCE_DIR: z.string().min(1),
  EVIDENCE_SIGNING_KEY: json(privateKey, keyForm),
};
