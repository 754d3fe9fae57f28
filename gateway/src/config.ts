import { fileURLToPath } from 'node:url';
import { readConfig, serverConfig } from '@tavolo/process-kit';
import { subgraphName } from '@tavolo/registry-api';
import { readAllowedNetworks } from '@tavolo/routing-address';
import { trustedDocumentsFile } from '@tavolo/schemas';
import { z } from 'zod';
import { defaultGatewayLimits, type GatewayLimits } from './gateway.ts';

const milliseconds = z.coerce.number().int().min(1).max(600_000);
const count = z.coerce.number().int().min(1).max(1_000_000);
const bytes = z.coerce.number().int().min(1_024).max(1_073_741_824);
const defaults = defaultGatewayLimits;
const ed25519Public = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/u),
});
const ed25519Private = ed25519Public.extend({
  kid: z.string().min(1).max(200),
  d: z.string().regex(/^[\w-]{43}$/u),
});

const entityCacheSecret = z
  .string()
  .refine((text) => Buffer.byteLength(text) >= 32, 'must have 32 bytes or more');

/** What `main.ts` reads from the environment. */
export const gatewayConfig = {
  ...serverConfig,
  PORT: serverConfig.PORT.default(4000),
  /** A supergraph from a file, in place of the registry's. */
  SUPERGRAPH_FILE: z.string().min(1).optional(),
  /** Keeps the last good supergraph of the registry for a start without it. */
  SUPERGRAPH_KEPT_FILE: z.string().min(1).optional(),
  /** The schema variant to serve; the whole graph unless told. */
  SUPERGRAPH_CONTRACT: subgraphName.optional(),
  /** Networks besides the public ones that subgraphs may be in: a JSON list of `address/bits`. */
  ROUTING_ALLOWED_NETWORKS: jsonText(
    z.array(z.string()).max(100).transform(readAllowedNetworks),
    'must be a JSON list of networks such as "10.1.0.0/16"',
  ).default([]),
  SUBGRAPH_URLS: z.string().default('{}').transform(readUrls),
  EXPLORER_FOLDER: z
    .string()
    .default(fileURLToPath(new URL('../../clients/explorer/dist', import.meta.url))),
  /** Who may sign access tokens: a JSON list of `{ "issuer", "jwksUrl"? }`. */
  TOKEN_ISSUERS: jsonText(
    z
      .array(z.strictObject({ issuer: z.url(), jwksUrl: z.url().optional() }))
      .min(1)
      .max(20),
    'must be a JSON list of { "issuer": address, "jwksUrl"?: address }',
  ),
  /** What clients call the gateway, when it is behind a proxy: an origin without a path. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/u })
    .refine((url) => new URL(url).origin === url, 'must be an origin, without a path or a slash')
    .optional(),
  TOKEN_AUDIENCE: z.string().min(1).default('urn:tavolo:graph'),
  REGISTRY_URL: z.url({ protocol: /^https?$/u }),
  /** What the registry knows this gateway by. */
  REGISTRY_TOKEN: z.string().min(32),
  REGISTRY_PUBLIC_KEY: jsonText(ed25519Public, 'must be a public Ed25519 key (JWK)'),
  REGISTRY_STATE_FILE: z.string().min(1),
  /** How long the last state of the registry may be used while it is not heard. */
  REGISTRY_GRACE_SECONDS: z.coerce.number().int().min(10).max(86_400).default(3_600),
  /** Signs the context of every call to a subgraph. */
  CONTEXT_SIGNING_KEY: jsonText(ed25519Private, 'must be a private Ed25519 key (JWK) with a kid'),
  EVIDENCE_DIR: z.string().min(1),
  /** Signs the checkpoints of the evidence: another key than that of the contexts. */
  EVIDENCE_SIGNING_KEY: jsonText(ed25519Private, 'must be a private Ed25519 key (JWK) with a kid'),
  /** `count-and-alarm` answers also what could not be recorded; it is the weaker promise. */
  EVIDENCE_POLICY: z.enum(['fail-closed', 'count-and-alarm']).default('fail-closed'),
  /** An RFC 3161 time stamping authority for the checkpoints. */
  EVIDENCE_TIMESTAMP_URL: z.url({ protocol: /^https?$/u }).optional(),
  /** Makes the pseudonyms of users in evidence and contexts. */
  USER_KEY: z.string().min(32),
  /** How often the registry is told which operations were asked. */
  USAGE_REPORT_SECONDS: z.coerce.number().int().min(1).max(3_600).default(30),
  TRUSTED_DOCUMENTS_FILE: z.string().default(trustedDocumentsFile),
  /** Fact files besides the hub's own, whose operations are trusted documents; read anew with every supergraph. */
  FURTHER_FACTS_DIR: z.string().min(1).optional(),
  /** Shares rates, quotas and the entity cache between gateways. */
  REDIS_URL: z.url({ protocol: /^rediss?$/u }).optional(),
  /** Seals what is kept in Redis; the same for all gateways of a hub. Required with REDIS_URL. */
  ENTITY_CACHE_SECRET: entityCacheSecret.optional(),
  /** Where the explorer's users log in; the first of TOKEN_ISSUERS unless told. */
  EXPLORER_ISSUER: z.url().optional(),
  EXPLORER_CLIENT_ID: z.string().min(1).default('tavolo-explorer'),
  CALL_TIMEOUT_MS: milliseconds.default(defaults.callTimeoutMs),
  OPERATION_TIMEOUT_MS: milliseconds.default(defaults.operationTimeoutMs),
  SHUTDOWN_TIMEOUT_MS: milliseconds.default(defaults.shutdownTimeoutMs),
  MAX_BODY_BYTES: bytes.default(defaults.maxBodyBytes),
  MAX_ANSWER_BYTES: bytes.default(defaults.maxAnswerBytes),
  SUBGRAPH_CONNECTIONS: count.default(defaults.connections),
  SUBGRAPH_MAX_WAITING: count.default(defaults.maxWaiting),
  BREAKER_FAILURES: count.default(defaults.breakerFailures),
  BREAKER_OPEN_MS: milliseconds.default(defaults.breakerOpenMs),
  MAX_QUERY_TOKENS: count.default(defaults.maxTokens),
  MAX_QUERY_DEPTH: count.default(defaults.maxDepth),
  MAX_QUERY_ALIASES: count.default(defaults.maxAliases),
  MAX_QUERY_DIRECTIVES: count.default(defaults.maxDirectives),
  MAX_QUERY_FIELDS: count.default(defaults.maxFields),
  MAX_QUERY_ROOT_FIELDS: count.default(defaults.maxRootFields),
  MAX_QUERY_BREADTH: count.default(defaults.maxBreadth),
  MAX_QUERY_COST: z.coerce.number().int().min(1).max(defaults.maxCost).default(defaults.maxCost),
} satisfies z.ZodRawShape;

export type GatewayConfig = Readonly<z.infer<z.ZodObject<typeof gatewayConfig>>>;

/** Where `main.ts` has its supergraph from. */
export type SupergraphPlace = { readonly file: string } | { readonly keptFile: string };

/** The Redis that gateways keep entities in together. */
interface SharedCache {
  readonly redisUrl: string;
  readonly secret: string;
}

/**
 * Reads it; who has no file of its own must say where the registry's supergraph is kept, and who shares a Redis what
 * seals the entities in it.
 */
export function readGatewayConfig(
  env: Readonly<Record<string, string | undefined>>,
): GatewayConfig & {
  readonly supergraph: SupergraphPlace;
  /** `undefined` where each gateway keeps its own. */
  readonly sharedCache: SharedCache | undefined;
} {
  const shape = env['REDIS_URL']
    ? { ...gatewayConfig, ENTITY_CACHE_SECRET: entityCacheSecret }
    : gatewayConfig;
  if (env['SUPERGRAPH_FILE']) {
    const config = readConfig({ ...shape, SUPERGRAPH_FILE: z.string() }, env);
    return {
      ...config,
      supergraph: { file: config.SUPERGRAPH_FILE },
      sharedCache: sharedCacheOf(config),
    };
  }
  const config = readConfig({ ...shape, SUPERGRAPH_KEPT_FILE: z.string() }, env);
  return {
    ...config,
    supergraph: { keptFile: config.SUPERGRAPH_KEPT_FILE },
    sharedCache: sharedCacheOf(config),
  };
}

function sharedCacheOf({ REDIS_URL, ENTITY_CACHE_SECRET }: GatewayConfig): SharedCache | undefined {
  return REDIS_URL === undefined || ENTITY_CACHE_SECRET === undefined
    ? undefined
    : { redisUrl: REDIS_URL, secret: ENTITY_CACHE_SECRET };
}

/** The limits as the gateway names them. */
export function limitsOf(config: GatewayConfig): Partial<GatewayLimits> {
  return {
    callTimeoutMs: config.CALL_TIMEOUT_MS,
    operationTimeoutMs: config.OPERATION_TIMEOUT_MS,
    shutdownTimeoutMs: config.SHUTDOWN_TIMEOUT_MS,
    maxBodyBytes: config.MAX_BODY_BYTES,
    maxAnswerBytes: config.MAX_ANSWER_BYTES,
    connections: config.SUBGRAPH_CONNECTIONS,
    maxWaiting: config.SUBGRAPH_MAX_WAITING,
    breakerFailures: config.BREAKER_FAILURES,
    breakerOpenMs: config.BREAKER_OPEN_MS,
    maxTokens: config.MAX_QUERY_TOKENS,
    maxDepth: config.MAX_QUERY_DEPTH,
    maxAliases: config.MAX_QUERY_ALIASES,
    maxDirectives: config.MAX_QUERY_DIRECTIVES,
    maxFields: config.MAX_QUERY_FIELDS,
    maxRootFields: config.MAX_QUERY_ROOT_FIELDS,
    maxBreadth: config.MAX_QUERY_BREADTH,
    maxCost: config.MAX_QUERY_COST,
  };
}

function readUrls(text: string, context: z.RefinementCtx): Record<string, string> {
  const refuse = () => {
    context.addIssue({
      code: 'custom',
      message: 'must be a JSON object from subgraph name to http address',
    });
    return z.NEVER;
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse();
  }
  const urls = z.record(z.string(), z.url({ protocol: /^https?$/u })).safeParse(value);
  return urls.success ? urls.data : refuse();
}

/** A variable that holds JSON; its message never quotes it, since it may be a key. */
function jsonText<Schema extends z.ZodType>(schema: Schema, message: string) {
  return z.string().transform((text, context): z.output<Schema> => {
    const refuse = () => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    try {
      const result = schema.safeParse(JSON.parse(text));
      return result.success ? result.data : refuse();
    } catch {
      return refuse();
    }
  });
}
