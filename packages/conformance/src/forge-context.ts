import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
} from 'node:crypto';
import {
  type Caller,
  type ContextSigningKey,
  contextLifetimeSeconds,
  contextType,
  digestOf,
} from '@tavolo/caller-context';

/** What to make otherwise than the gateway does. */
export interface ContextChanges {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Signs with this instead of the gateway's key. */
  readonly key?: ContextSigningKey;
  /** Replaces the signature of `header.payload`. */
  readonly seal?: (input: string) => string;
}

export interface ContextForge {
  /** A context for one call with this body: right unless changed. */
  make(body: string | Uint8Array, caller: Caller, changes?: ContextChanges): string;
  /** A key of nobody's. */
  strangersKey(kid: string): ContextSigningKey;
  /** What an HS256 verifier that takes the public key for a secret would accept. */
  hmacSeals(): readonly ((input: string) => string)[];
}

export function createContextForge(options: {
  readonly key: ContextSigningKey;
  readonly subgraph: string;
  readonly issuer: string;
  readonly now: () => Date;
  readonly newId: () => string;
}): ContextForge {
  const { key, subgraph, issuer, now, newId } = options;
  const ownKey = createPrivateKey({ key, format: 'jwk' });
  return {
    make(body, caller, changes = {}) {
      const iat = Math.floor(now().getTime() / 1000);
      const signingKey = changes.key
        ? createPrivateKey({ key: changes.key, format: 'jwk' })
        : ownKey;
      const header = { alg: 'EdDSA', typ: contextType, kid: key.kid, ...changes.header };
      const claims = {
        iss: issuer,
        aud: subgraph,
        iat,
        exp: iat + contextLifetimeSeconds,
        jti: newId(),
        digest: digestOf(body),
        caller,
        ...changes.claims,
      };
      const input = `${encode(header)}.${encode(claims)}`;
      const seal = changes.seal ?? ((text: string) => sealWith(signingKey, text));
      return `${input}.${seal(input)}`;
    },
    strangersKey(kid) {
      const seed = createHash('sha256').update(newId()).digest();
      // PKCS #8 of an Ed25519 key (RFC 8410) is this prefix and the seed.
      const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
      const made = createPrivateKey({
        key: Buffer.concat([prefix, seed]),
        format: 'der',
        type: 'pkcs8',
      });
      return { ...made.export({ format: 'jwk' }), kid };
    },
    hmacSeals() {
      const pem = createPublicKey(ownKey).export({ format: 'pem', type: 'spki' }).toString();
      const secrets = [Buffer.from(key.x ?? '', 'base64url'), key.x ?? '', pem];
      return secrets.map(
        (secret) => (input: string) =>
          createHmac('sha256', secret).update(input).digest('base64url'),
      );
    },
  };
}

function sealWith(key: KeyObject, input: string): string {
  return sign(null, Buffer.from(input), key).toString('base64url');
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
