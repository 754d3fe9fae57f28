import { createPrivateKey, sign } from 'node:crypto';
import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/u);
const position = {
  logId: z.uuid(),
  seq: z.int().min(1),
  /** Of the record with that number. */
  hash,
  segment: z.int().min(1),
  at: z.iso.datetime(),
};

/** The log held this record, last, at that moment. `seal`: the segment ends with it. */
const checkpointStatement = z.strictObject({
  kind: z.enum(['checkpoint', 'seal']),
  ...position,
  /** SHA-256 of the checkpoint before, as it stands in the file; null for the first. */
  previousCheckpoint: hash.nullable(),
});
/** The end of the log: what stands behind it was never acknowledged. */
const headStatement = z.strictObject({
  kind: z.literal('head'),
  ...position,
  /** Bytes of the segment up to here. */
  bytes: z.int().min(1),
  lastCheckpoint: hash,
});
/** Everything before was removed, because it was older than the retention. */
const tombstoneStatement = z.strictObject({
  kind: z.literal('tombstone'),
  logId: z.uuid(),
  firstSegment: z.int().min(2),
  /** The last record removed. */
  throughSeq: z.int().min(1),
  throughHash: hash,
  at: z.iso.datetime(),
});

export type CheckpointStatement = Readonly<z.infer<typeof checkpointStatement>>;
export type HeadStatement = Readonly<z.infer<typeof headStatement>>;
export type TombstoneStatement = Readonly<z.infer<typeof tombstoneStatement>>;

const statement = z.discriminatedUnion('kind', [
  checkpointStatement,
  headStatement,
  tombstoneStatement,
]);
type Statement = Readonly<z.infer<typeof statement>>;

const typ = 'tavolo-evidence+jws';
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Signs what the log says of itself: compact JWS, EdDSA over Ed25519, canonical JSON inside. */
export interface StatementSigner {
  readonly publicKey: JWK & { readonly x: string; readonly kid: string };
  sign(value: Statement): string;
}

/** Throws when the key is no Ed25519 private key with a `kid`. */
export function createStatementSigner(privateKey: JWK): StatementSigner {
  const { kty, crv, x, kid, d } = privateKey;
  if (kty !== 'OKP' || crv !== 'Ed25519' || !x || !kid || !d) {
    throw new TypeError('The key that signs evidence must be an Ed25519 private JWK with a kid.');
  }
  const key = createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' });
  const header = Buffer.from(canonicalJson({ alg: 'EdDSA', kid, typ })).toString('base64url');
  return {
    publicKey: { kty, crv, x, kid },
    // Here and at once: on another thread it takes as long, and the way there and back twice that.
    sign(value) {
      const input = `${header}.${Buffer.from(canonicalJson(value)).toString('base64url')}`;
      return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`;
    },
  };
}

export type StatementReader = (jws: string) => Promise<Statement | null>;

/** Null for anything but a statement, in its one spelling, signed with one of the keys. */
export async function createStatementReader(publicKeys: readonly JWK[]): Promise<StatementReader> {
  const keys = new Map(
    await Promise.all(
      publicKeys.map(async ({ kty, crv, x, kid }) => {
        if (kty !== 'OKP' || crv !== 'Ed25519' || !x || !kid) {
          throw new TypeError('A key that verifies evidence must be an Ed25519 JWK with a kid.');
        }
        return [kid, await importJWK({ kty, crv, x }, 'EdDSA')] as const;
      }),
    ),
  );
  return async (jws) => {
    try {
      // Base64url leaves bits over at the end of a part: only one spelling of a signature is taken.
      for (const part of jws.split('.')) {
        if (Buffer.from(part, 'base64url').toString('base64url') !== part) return null;
      }
      const key = keys.get(decodeProtectedHeader(jws).kid ?? '');
      if (key === undefined) return null;
      const { payload, protectedHeader } = await compactVerify(jws, key, {
        algorithms: ['EdDSA'],
      });
      if (protectedHeader.typ !== typ) return null;
      return statement.parse(JSON.parse(decoder.decode(payload)));
    } catch {
      return null;
    }
  };
}
