import { createHmac } from 'node:crypto';

/** A shorter secret could be found by trying, and with it every deviation. */
const SHORTEST_SECRET = 32;

/**
 * 62 bits (so a signed BIGINT holds them) for one person or household, the same in every fact and every load:
 * the sum over a set of people is the set's key.
 */
export function recordKey(secret: string, unit: 'PERSON' | 'HOUSEHOLD', ref: string): bigint {
  // The separators keep ('a', 'bc') and ('ab', 'c') apart.
  const digest = keyedDigest(secret, `record\0${unit}\0${ref}`);
  return digest.readBigUInt64BE(0) >> 2n;
}

/** What the secret makes of a text; record keys and deviations never share one. */
export function keyedDigest(secret: string, text: string): Buffer {
  requireSecret(secret);
  return createHmac('sha256', secret).update(`tavolo/disclosure/v1\0${text}`).digest();
}

export function requireSecret(secret: string): void {
  if (secret.length < SHORTEST_SECRET) {
    throw new Error(`The disclosure secret must have at least ${SHORTEST_SECRET} characters`);
  }
}
