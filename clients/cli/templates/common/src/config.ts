import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { gatewayKeys } from './hub/gateway-keys.ts';
import { ConfigError, readConfig } from './hub/read-config.ts';
import { sourceConfig } from './source/open-source.ts';

/** The keys of `npm start` on a desk have this kid; their private half lies in `dev/`. */
export const developmentKid = 'development-gateway';
const loopbackHosts = ['127.0.0.1', '::1', 'localhost'];

const shape = {
  HOST: z.string().min(1).max(253).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(__PORT__),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** A JWK Set in JSON, or the path of a file with one. */
  GATEWAY_KEYS: z.string().transform(readJwks).pipe(gatewayKeys),
  CONTEXT_ISSUER: z.string().min(1).max(200).default('tavolo-gateway'),
  SECTOR_KEY_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }),
  /** 1 = every answer says how often the store was read, so that `tavolo subgraph conformance` can judge it. */
  CONFORMANCE: z.enum(['0', '1']).default('0'),
  ...sourceConfig,
};

/** The process's configuration, every problem of it at once; never shows a value. */
export function readProcessConfig(env: Readonly<Record<string, string | undefined>>) {
  const config = readConfig(shape, env);
  const hasDevelopmentKey = config.GATEWAY_KEYS.keys.some(({ kid }) => kid === developmentKid);
  if (hasDevelopmentKey && !loopbackHosts.includes(config.HOST)) {
    throw new ConfigError(
      'GATEWAY_KEYS holds the development key, whose private half lies in this folder: it is for this machine only. Ask the operator of the hub for the public keys of the gateway.',
    );
  }
  return config;
}

function readJwks(value: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(value.trimStart().startsWith('{') ? value : readFileSync(value, 'utf8'));
  } catch {
    context.addIssue({
      code: 'custom',
      message:
        'must be a JWK Set in JSON, {"keys": [...]}, or the path of a readable file with one: the public keys of the gateway',
    });
    return z.NEVER;
  }
}
