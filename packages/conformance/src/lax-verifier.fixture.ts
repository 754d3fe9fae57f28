import { createHmac, createPublicKey, verify } from 'node:crypto';
import { digestOf } from '@tavolo/caller-context';
import { isRecord } from './http-answer.ts';
import type { SubgraphFault } from './subgraph-faults.fixture.ts';

/** Null = taken; otherwise the reason of the refusal. Written from the page alone, as a partner would. */
export function createLaxVerifier(options: {
  readonly keys: readonly { readonly x: string; readonly kid: string }[];
  readonly audience: string;
  readonly issuer: string;
  readonly now: () => Date;
  readonly has: (fault: SubgraphFault) => boolean;
}): (header: string | undefined, body: Buffer) => { refusal: string } | { caller: unknown } {
  const { keys, audience, issuer, now, has } = options;
  const used = new Set<string>();

  return (header, body) => {
    const invalid = { refusal: 'CONTEXT_INVALID' };
    if (header === undefined) return { refusal: 'CONTEXT_MISSING' };
    if (header === '') {
      return has('takes-empty-context')
        ? { caller: { districts: null } }
        : { refusal: 'CONTEXT_MISSING' };
    }
    const text = has('takes-first-of-two') ? (header.split(', ')[0] ?? '') : header;
    if (text.length > 8_192 && !has('takes-long-contexts')) return invalid;
    const [head = '', payload = '', seal = '', ...more] = text.split('.');
    const named = read(head);
    if (more.length > 0 || !isRecord(named)) return invalid;
    const brought = has('takes-key-from-header') && isRecord(named['jwk']) ? named['jwk'] : null;
    const { alg, typ, kid } = named;
    if (Object.keys(named).length !== (brought === null ? 3 : 4)) return invalid;
    if (typ !== 'tavolo-context+jwt' && !has('ignores-type')) return invalid;
    const known = keys.find((key) => key.kid === kid);
    const x = known?.x ?? (typeof brought?.['x'] === 'string' ? brought['x'] : undefined);
    if (x === undefined) return invalid;
    if (!isSealed(alg, x, `${head}.${payload}`, seal)) return invalid;
    const claims = read(payload);
    if (!isRecord(claims)) return invalid;
    const { iss, aud, iat, exp, jti, digest, caller } = claims;
    if (iss !== issuer && !has('ignores-issuer')) return invalid;
    if (aud !== audience && !has('ignores-audience')) return invalid;
    const clock = Math.floor(now().getTime() / 1000);
    if (typeof iat !== 'number' || typeof jti !== 'string') return invalid;
    const end = typeof exp === 'number' ? exp : Number.POSITIVE_INFINITY;
    const isShort = end - iat > 0 && end - iat <= 60;
    if (!isShort && !has('ignores-lifetime')) return invalid;
    if (iat > clock + 5 && !has('ignores-future')) return invalid;
    if (end + 5 < clock && !has('ignores-expiry')) return { refusal: 'CONTEXT_EXPIRED' };
    if (digest !== digestOf(body) && !has('ignores-digest')) return { refusal: 'BODY_CHANGED' };
    if (used.has(jti) && !has('forgets-contexts')) return { refusal: 'CONTEXT_REPLAYED' };
    used.add(jti);
    return has('answers-nobody') ? invalid : { caller };
  };

  function isSealed(alg: unknown, x: string, input: string, seal: string): boolean {
    const bytes = Buffer.from(seal, 'base64url');
    if (alg === 'HS256' && has('takes-hs256')) {
      return createHmac('sha256', Buffer.from(x, 'base64url')).update(input).digest().equals(bytes);
    }
    if (alg !== 'EdDSA' || bytes.length !== 64) return false;
    if (bytes.toString('base64url') !== seal && !has('decodes-leniently')) return false;
    if (has('ignores-seal')) return true;
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, Buffer.from(input), key, bytes);
  }
}

function read(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
