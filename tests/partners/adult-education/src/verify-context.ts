import { createHash, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import { type Caller, isMembers, readCaller } from './caller.ts';
import { createReplayMemory } from './replay-memory.ts';

export type Reason =
  | 'CONTEXT_MISSING'
  | 'CONTEXT_INVALID'
  | 'CONTEXT_EXPIRED'
  | 'BODY_CHANGED'
  | 'CONTEXT_REPLAYED'
  | 'BUSY';

export interface VerifyOptions {
  readonly keys: ReadonlyMap<string, KeyObject>;
  readonly issuer: string;
  readonly audience: string;
  readonly now: () => Date;
  readonly replayMemorySize?: number;
}

export type Verdict = { readonly caller: Caller } | { readonly reason: Reason };

const LONGEST_CONTEXT = 8_192;
const LONGEST_LIFE = 60;
const CLOCK_TOLERANCE = 5;
const PART = /^[A-Za-z0-9_-]+$/u;

function decode(part: string): Buffer | null {
  if (!PART.test(part)) return null;
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : null;
}

function decodeMembers(part: string): Readonly<Record<string, unknown>> | null {
  const bytes = decode(part);
  if (bytes === null) return null;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isMembers(value) ? value : null;
  } catch {
    return null;
  }
}

interface Claims {
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly id: string;
  readonly digest: string;
  readonly caller: Caller;
}

function readClaims(
  members: Readonly<Record<string, unknown>>,
  { issuer, audience }: VerifyOptions,
): Claims | null {
  const { iss, aud, iat, exp, jti, digest } = members;
  const caller = readCaller(members['caller']);
  if (caller === null || iss !== issuer || aud !== audience) return null;
  if (typeof iat !== 'number' || !Number.isSafeInteger(iat)) return null;
  if (typeof exp !== 'number' || !Number.isSafeInteger(exp)) return null;
  if (typeof jti !== 'string' || jti.length < 16 || jti.length > 64) return null;
  if (typeof digest !== 'string') return null;
  return { issuedAt: iat, expiresAt: exp, id: jti, digest, caller };
}

/** The claims of a context that one of the gateway's keys signed, or null. */
function readSigned(token: string, options: VerifyOptions): Claims | null {
  const parts = token.split('.');
  const [head = '', payload = '', seal = ''] = parts;
  if (parts.length !== 3) return null;
  const header = decodeMembers(head);
  const signature = decode(seal);
  if (header === null || signature === null || signature.length !== 64) return null;
  const { alg, typ, kid } = header;
  if (Object.keys(header).length !== 3 || alg !== 'EdDSA' || typ !== 'tavolo-context+jwt') {
    return null;
  }
  const key = typeof kid === 'string' ? options.keys.get(kid) : undefined;
  if (key === undefined) return null;
  // The text as it was received, never one that was parsed and written again.
  if (!verify(null, Buffer.from(`${head}.${payload}`, 'latin1'), key, signature)) return null;
  const members = decodeMembers(payload);
  return members === null ? null : readClaims(members, options);
}

function isDigestOf(digest: string, body: Uint8Array): boolean {
  const expected = Buffer.from(
    `SHA-256=${createHash('sha256').update(body).digest('base64')}`,
    'utf8',
  );
  const given = Buffer.from(digest, 'utf8');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Verifies the signed context of each call, step by step as VERIFYING-THE-CALLER.md has it; asks nobody. */
export function createVerifyContext(
  options: VerifyOptions,
): (header: readonly string[], body: Uint8Array) => Verdict {
  const used = createReplayMemory(options.replayMemorySize);
  const clock = (): number => Math.floor(options.now().getTime() / 1000);
  const startedAt = clock();
  let latest = startedAt;
  return (header, body) => {
    const [token = ''] = header;
    if (token === '') return { reason: 'CONTEXT_MISSING' };
    if (header.length > 1 || token.length > LONGEST_CONTEXT) return { reason: 'CONTEXT_INVALID' };
    const claims = readSigned(token, options);
    if (claims === null) return { reason: 'CONTEXT_INVALID' };
    const { issuedAt, expiresAt } = claims;
    const now = clock();
    // A clock that is set back must not make valid again what was forgotten.
    latest = Math.max(latest, now);
    const life = expiresAt - issuedAt;
    if (life <= 0 || life > LONGEST_LIFE || issuedAt > now + CLOCK_TOLERANCE) {
      return { reason: 'CONTEXT_INVALID' };
    }
    if (expiresAt + CLOCK_TOLERANCE < latest || issuedAt < startedAt) {
      return { reason: 'CONTEXT_EXPIRED' };
    }
    if (!isDigestOf(claims.digest, body)) return { reason: 'BODY_CHANGED' };
    const seen = used.remember(claims.id, expiresAt + CLOCK_TOLERANCE, latest);
    if (seen === 'known') return { reason: 'CONTEXT_REPLAYED' };
    return seen === 'full' ? { reason: 'BUSY' } : { caller: claims.caller };
  };
}
