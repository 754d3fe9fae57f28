import { randomBytes } from 'node:crypto';
import { createDeadline } from '@tavolo/deadline';

/** Has a time-stamping authority confirm when something existed. */
export interface TimestampClient {
  /** The token (DER of a `TimeStampResp`) for a SHA-256. */
  stamp(sha256: Uint8Array): Promise<Uint8Array>;
}

export interface TimestampClientOptions {
  /** An authority that speaks RFC 3161 over HTTP. */
  readonly url: string;
  readonly timeoutMs: number;
  readonly fetch?: typeof fetch;
}

const MOST_ANSWER_BYTES = 65_536;
/** AlgorithmIdentifier of SHA-256, with its NULL parameters. */
const SHA256_ALGORITHM = Buffer.from('300d06096086480165030402010500', 'hex');

/**
 * Asks an authority of RFC 3161. The token is kept, not judged: that it was granted and is for this hash and nonce is
 * looked at; whose signature it bears is for `openssl ts -verify` with the authority's certificate.
 */
export function createTimestampClient(options: TimestampClientOptions): TimestampClient {
  const { url, timeoutMs, fetch: ask = fetch } = options;
  return {
    async stamp(sha256) {
      const nonce = randomBytes(8);
      // Positive, and of one encoding.
      nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
      const deadline = createDeadline(timeoutMs);
      try {
        const answer = await ask(url, {
          method: 'POST',
          headers: { 'content-type': 'application/timestamp-query' },
          body: timestampQuery(sha256, nonce),
          signal: deadline.signal,
          redirect: 'error',
        });
        const length = Number(answer.headers.get('content-length') ?? 0);
        if (!answer.ok || length > MOST_ANSWER_BYTES) throw new TimestampRefused();
        const token = Buffer.from(await answer.arrayBuffer());
        if (!isGranted(token) || !token.includes(Buffer.from(sha256)) || !token.includes(nonce)) {
          throw new TimestampRefused();
        }
        return token;
      } finally {
        deadline.release();
      }
    },
  };
}

/** The authority gave no token for what was asked. */
class TimestampRefused extends Error {
  override readonly name = 'TimestampRefused';
}

/** `TimeStampReq` of RFC 3161: version 1, the hash, a nonce, and the wish for the certificate. */
function timestampQuery(sha256: Uint8Array, nonce: Uint8Array): Uint8Array<ArrayBuffer> {
  const imprint = der(0x30, SHA256_ALGORITHM, der(0x04, sha256));
  const query = der(0x30, der(0x02, [1]), imprint, der(0x02, nonce), der(0x01, [0xff]));
  return new Uint8Array(query);
}

/** Short enough for the one-byte length. */
function der(tag: number, ...parts: readonly (Uint8Array | readonly number[])[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}

/** `TimeStampResp { status PKIStatusInfo { status INTEGER } }` with granted (0) or grantedWithMods (1). */
function isGranted(response: Buffer): boolean {
  if (response[0] !== 0x30) return false;
  const inner = skipLength(response, 1);
  if (response[inner] !== 0x30) return false;
  const status = skipLength(response, inner + 1);
  return (
    response[status] === 0x02 && response[status + 1] === 1 && (response[status + 2] ?? 9) <= 1
  );
}

function skipLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  return at + 1 + (first < 0x80 ? 0 : first & 0x7f);
}
