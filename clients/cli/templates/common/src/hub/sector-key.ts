import { createHmac } from 'node:crypto';

const shortestSecret = 32;

/**
 * The opaque, stable id under which this institution shows one of its own records: 43 base64url characters. Only
 * who holds `secret` can go back, by trying local ids. A person's key is made with the label `person`, exactly
 * as `tavolo link encode` makes it for the person index: with the same secret the two are the same.
 */
export function deriveSectorKey(secret: string, label: string, localId: string): string {
  if (secret.length < shortestSecret) {
    throw new Error(`The sector key secret must have at least ${shortestSecret} characters`);
  }
  // The separators keep ('a', 'bc') and ('ab', 'c') apart.
  return createHmac('sha256', secret)
    .update(`tavolo/sector-key/v1\0${label}\0${localId}`)
    .digest('base64url');
}
