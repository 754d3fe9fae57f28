import { createHash, timingSafeEqual } from 'node:crypto';
import type { Partner } from '../partner.ts';

/** Institution → SHA-256, in hexadecimal, of its token: the index never holds a token itself. */
export type PartnerTokens = Readonly<Partial<Record<Partner, string>>>;

/** Who shows this `Authorization` header; null = nobody. Takes the same time for every wrong token. */
export function authenticatePartner(
  tokens: PartnerTokens,
  authorization: string | undefined,
): Partner | null {
  const token = /^Bearer ([\x21-\x7e]{16,512})$/.exec(authorization ?? '')?.[1] ?? '';
  const shown = createHash('sha256').update(token).digest();
  let found: Partner | null = null;
  // The keys of PartnerTokens are partners; Object.entries forgets it.
  for (const [partner, expected] of Object.entries(tokens) as [Partner, string][]) {
    if (timingSafeEqual(shown, Buffer.from(expected, 'hex'))) found = partner;
  }
  return token === '' ? null : found;
}
