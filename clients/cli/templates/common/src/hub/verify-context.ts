import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { type Caller, caller } from './caller.ts';
import type { GatewayKeys } from './gateway-keys.ts';
import { createReplayMemory } from './replay-memory.ts';

/** The header that carries who asks: a compact JWS (EdDSA over Ed25519) made for one call. */
export const contextHeader = 'tavolo-context';
export const contextType = 'tavolo-context+jwt';
const maxLifetimeSeconds = 60;
/** How far the gateway's clock and ours may be apart; keep yours with NTP. */
const toleranceSeconds = 5;
const maxContextLength = 8_192;

/** Why a call is not taken; travels to the gateway, and nothing else does. */
export type ContextRefusal =
  | 'CONTEXT_MISSING'
  | 'CONTEXT_INVALID'
  | 'CONTEXT_EXPIRED'
  | 'CONTEXT_REPLAYED'
  | 'BODY_CHANGED'
  | 'BUSY';

/** A call that is not taken; says nothing of what it carried. */
export class ContextRefused extends Error {
  override readonly name = 'ContextRefused';
  readonly code: ContextRefusal;

  constructor(code: ContextRefusal) {
    super(`the call is not taken: ${code}`);
    this.code = code;
  }
}

export interface ContextVerifierOptions {
  readonly keys: GatewayKeys;
  /** The name of this subgraph. */
  readonly audience: string;
  readonly issuer: string;
  readonly now: () => Date;
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

/** The eight checks of the contract's page "Verifying who asks", in its order. */
export function createContextVerifier(options: ContextVerifierOptions): ContextVerifier {
  const { audience, issuer, now, maxRemembered = 200_000 } = options;
  const keys = new Map(
    options.keys.keys.map(({ kid, ...jwk }) => [kid, createPublicKey({ key: jwk, format: 'jwk' })]),
  );
  const memory = createReplayMemory(maxRemembered);
  const startedAt = secondsOf(now());
  // Never goes back: a clock that is set back must not bring back what was forgotten.
  let latest = startedAt;

  return {
    verify(headerValue, body) {
      const { iss, aud, iat, exp, jti, digest, caller: who } = open(headerValue, keys);
      if (iss !== issuer || aud !== audience) throw new ContextRefused('CONTEXT_INVALID');
      const clock = secondsOf(now());
      latest = Math.max(latest, clock);
      const lifetime = exp - iat;
      if (lifetime <= 0 || lifetime > maxLifetimeSeconds || iat > clock + toleranceSeconds) {
        throw new ContextRefused('CONTEXT_INVALID');
      }
      // What an earlier process of ours took is not remembered here: it counts as too old.
      if (exp + toleranceSeconds < latest || iat < startedAt) {
        throw new ContextRefused('CONTEXT_EXPIRED');
      }
      if (digest !== digestOf(body)) throw new ContextRefused('BODY_CHANGED');
      memory.forgetBefore(latest);
      const fresh = memory.use(jti, exp + toleranceSeconds);
      if (fresh === 'full') throw new ContextRefused('BUSY');
      if (!fresh) throw new ContextRefused('CONTEXT_REPLAYED');
      return who;
    },
  };
}

/** SHA-256 of the body's bytes as they travelled, as the claim `digest` writes it. */
export function digestOf(body: string | Uint8Array): string {
  return `SHA-256=${createHash('sha256').update(body).digest('base64')}`;
}

/** The claims of a compact JWS signed with one of the keys; nothing in it is believed before that. */
function open(
  headerValue: string | readonly string[] | undefined,
  keys: ReadonlyMap<string, KeyObject>,
): z.infer<typeof claims> {
  if (headerValue === undefined || headerValue === '') throw new ContextRefused('CONTEXT_MISSING');
  if (typeof headerValue !== 'string' || headerValue.length > maxContextLength) {
    throw new ContextRefused('CONTEXT_INVALID');
  }
  const [header = '', payload = '', seal = '', ...more] = headerValue.split('.');
  const named = protectedHeader.safeParse(readJson(header));
  const key = named.success ? keys.get(named.data.kid) : undefined;
  const signature = Buffer.from(seal, 'base64url');
  // Only the one way to write these bytes: a lenient reader would take several texts for the same seal.
  const isCanonical = signature.length === 64 && signature.toString('base64url') === seal;
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
