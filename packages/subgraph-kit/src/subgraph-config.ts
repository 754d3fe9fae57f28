import { contextIssuer, contextKeys } from '@tavolo/caller-context';
import { serverConfig } from '@tavolo/process-kit';
import { z } from 'zod';

/** What every subgraph reads: where it listens, and the public keys of the gateway it answers. */
export const subgraphConfig = {
  ...serverConfig,
  GATEWAY_KEYS: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({
          code: 'custom',
          message:
            'must be a JWK Set in JSON, {"keys": [...]}, with the public keys of the gateway',
        });
        return z.NEVER;
      }
    })
    .pipe(contextKeys),
  GATEWAY_ISSUER: z.string().min(1).max(200).default(contextIssuer),
};
