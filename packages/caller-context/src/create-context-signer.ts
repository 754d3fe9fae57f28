import { createPrivateKey, hash, type JsonWebKey, sign } from 'node:crypto';
import type { Caller } from './caller.ts';

/** The header that carries the context of a call to a subgraph: a compact JWS (EdDSA over Ed25519). */
export const contextHeader = 'tavolo-context';

/** The JWS type: nothing else signed with the same key passes for a context. */
export const contextType = 'tavolo-context+jwt';

/** The `iss` of a hub's gateway, where its operator has not named it otherwise. */
export const contextIssuer = 'tavolo-gateway';

/** Seconds a context holds; the gateway signs one for every call. */
export const contextLifetimeSeconds = 60;

/** The private Ed25519 key (RFC 8037) that calls to subgraphs are signed with; `kid` names it. */
export type ContextSigningKey = JsonWebKey & { readonly kid: string };

export interface ContextSignerOptions {
  readonly key: ContextSigningKey;
  readonly issuer: string;
  readonly now: () => Date;
  /** A new one for every call: an unguessable text of 16–64 characters. */
  readonly newId: () => string;
}

export interface ContextSigner {
  /** Signs what one call to `audience`, a subgraph's name, may go by; `body` is sent as it is here. */
  sign(caller: Caller, audience: string, body: string): string;
}

export function createContextSigner(options: ContextSignerOptions): ContextSigner {
  const { issuer, now, newId } = options;
  const key = createPrivateKey({ key: options.key, format: 'jwk' });
  const header = encode({ alg: 'EdDSA', typ: contextType, kid: options.key.kid });
  return {
    sign(caller, audience, body) {
      const issuedAt = Math.floor(now().getTime() / 1000);
      const claims = {
        iss: issuer,
        aud: audience,
        iat: issuedAt,
        exp: issuedAt + contextLifetimeSeconds,
        jti: newId(),
        digest: digestOf(body),
        caller,
      };
      const input = `${header}.${encode(claims)}`;
      return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`;
    },
  };
}

/** SHA-256 of the bytes as they travel, in the writing of RFC 3230 (ModI INTEGRITY_REST_01). */
export function digestOf(body: string | Uint8Array): string {
  return `SHA-256=${hash('sha256', body, 'base64')}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
