import { fileURLToPath } from 'node:url';
import { supergraphFile } from '@tavolo/schemas';
import { serverConfig } from '@tavolo/subgraph-kit';
import { z } from 'zod';
import { defaultGatewayLimits, type GatewayLimits } from './gateway.ts';

const milliseconds = z.coerce.number().int().min(1).max(600_000);
const count = z.coerce.number().int().min(1).max(1_000_000);
const bytes = z.coerce.number().int().min(1_024).max(1_073_741_824);
const defaults = defaultGatewayLimits;

/** What `main.ts` reads from the environment. */
export const gatewayConfig = {
  ...serverConfig,
  PORT: serverConfig.PORT.default(4000),
  SUPERGRAPH_FILE: z.string().default(supergraphFile),
  SUBGRAPH_URLS: z.string().default('{}').transform(readUrls),
  EXPLORER_FOLDER: z
    .string()
    .default(fileURLToPath(new URL('../../clients/explorer/dist', import.meta.url))),
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
} satisfies z.ZodRawShape;

type GatewayConfig = z.infer<z.ZodObject<typeof gatewayConfig>>;

/** The limits as the gateway names them. */
export function limitsOf(config: Readonly<GatewayConfig>): Partial<GatewayLimits> {
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
