import { createHmac } from 'node:crypto';

/** Fewer characters would let a local number be found by trying. */
const SHORTEST_SECRET = 32;

/**
 * The opaque, stable id under which one institution shows one of its own records (person, household, case):
 * 43 base64url characters. Only who holds `secret` can go back, by trying its own local ids.
 */
export function deriveSectorKey(secret: string, label: string, localId: string): string {
  if (secret.length < SHORTEST_SECRET) {
    throw new Error(`The sector key secret must have at least ${SHORTEST_SECRET} characters`);
  }
  // The separators keep ('a', 'bc') and ('ab', 'c') apart.
  return createHmac('sha256', secret)
    .update(`tavolo/sector-key/v1\0${label}\0${localId}`)
    .digest('base64url');
}
