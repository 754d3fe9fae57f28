import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { type Caller, caller } from './caller.ts';
import type { ContextKeys } from './context-keys.ts';
import { createContextMemory } from './context-memory.ts';
import { ContextRefused } from './context-refused.ts';
import { contextLifetimeSeconds, contextType, digestOf } from './create-context-signer.ts';

/** How far the gateway's clock and ours may be apart. */
export const contextToleranceSeconds = 5;

/** Longer than any context can be, shorter than a flood. */
const maxContextLength = 8_192;

export interface ContextVerifierOptions {
  /** The gateway's public keys; a context names the one it is signed with. */
  readonly keys: ContextKeys;
  /** The name of the subgraph that is asked. */
  readonly audience: string;
  readonly issuer: string;
  readonly now: () => Date;
  /** Contexts remembered at the same time; when there are more, calls are refused. */
  readonly maxRemembered?: number;
}

export interface ContextVerifier {
  /** Who asks; throws {@link ContextRefused}. `body` is what came, byte for byte. A context passes once. */
  verify(headerValue: string | readonly string[] | undefined, body: Uint8Array): Caller;
}

const protectedHeader = z.strictObject({
  alg: z.literal('EdDSA'),
  typ: z.literal(contextType),
  kid: z.string().min(1).max(64),
});

const claims = z.object({
  iss: z.string(),
  aud: z.string(),
  iat: z.int().min(0),
  exp: z.int().min(0),
  jti: z.string().min(16).max(64),
  digest: z.string().max(100),
  caller,
});
type Claims = z.infer<typeof claims>;

/** Verifies what the gateway signed for one call: its seal, for whom, when, which body, and that it is used once. */
export function createContextVerifier(options: ContextVerifierOptions): ContextVerifier {
  const { audience, issuer, now, maxRemembered = 200_000 } = options;
  const keys = new Map(
    options.keys.keys.map(({ kty, crv, x, kid }) => [
      kid,
      createPublicKey({ key: { kty, crv, x }, format: 'jwk' }),
    ]),
  );
  const memory = createContextMemory(maxRemembered);
  const startedAt = secondsOf(now());
  // Never goes back: a clock that is set back must not bring back what was forgotten.
  let latest = startedAt;

  return {
    verify(headerValue, body) {
      const { iss, aud, iat, exp, jti, digest, caller: who } = open(headerValue, keys);
      if (iss !== issuer || aud !== audience) throw new ContextRefused('CONTEXT_INVALID');
      const clock = secondsOf(now());
      latest = Math.max(latest, clock);
      if (!isWithinLifetime(iat, exp, clock)) throw new ContextRefused('CONTEXT_INVALID');
      // What an earlier process of ours took is not remembered here: it counts as too old.
      if (exp + contextToleranceSeconds < latest || iat < startedAt) {
        throw new ContextRefused('CONTEXT_EXPIRED');
      }
      if (digest !== digestOf(body)) throw new ContextRefused('BODY_CHANGED');
      memory.forgetBefore(latest);
      const fresh = memory.use(jti, exp + contextToleranceSeconds);
      if (fresh === 'full') throw new ContextRefused('BUSY');
      if (!fresh) throw new ContextRefused('CONTEXT_REPLAYED');
      return who;
    },
  };
}

/** The claims of a compact JWS signed with one of the keys; nothing in it is believed before that. */
function open(
  headerValue: string | readonly string[] | undefined,
  keys: ReadonlyMap<string, KeyObject>,
): Claims {
  if (headerValue === undefined || headerValue === '') throw new ContextRefused('CONTEXT_MISSING');
  if (typeof headerValue !== 'string' || headerValue.length > maxContextLength) {
    throw new ContextRefused('CONTEXT_INVALID');
  }
  const [header = '', payload = '', seal = '', ...more] = headerValue.split('.');
  const named = protectedHeader.safeParse(readJson(header));
  const key = named.success ? keys.get(named.data.kid) : undefined;
  const signature = Buffer.from(seal, 'base64url');
  // Only the one writing of these bytes: a lenient reader would take several texts for the same seal.
  const isCanonical = signature.toString('base64url') === seal && signature.length === 64;
  if (key === undefined || more.length > 0 || !isCanonical) {
    throw new ContextRefused('CONTEXT_INVALID');
  }
  if (!verify(null, Buffer.from(`${header}.${payload}`), key, signature)) {
    throw new ContextRefused('CONTEXT_INVALID');
  }
  const read = claims.safeParse(readJson(payload));
  if (!read.success) throw new ContextRefused('CONTEXT_INVALID');
  return read.data;
}

/** No longer than the gateway's own contexts hold, and not from the future. */
function isWithinLifetime(iat: number, exp: number, clock: number): boolean {
  const lifetime = exp - iat;
  if (lifetime <= 0 || lifetime > contextLifetimeSeconds) return false;
  return iat <= clock + contextToleranceSeconds;
}

function readJson(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
