import { createHash, timingSafeEqual } from 'node:crypto';

/** Who → SHA-256, in hexadecimal, of its token: the index never holds a token itself. */
export type TokenHashes<Owner extends string> = Readonly<Partial<Record<Owner, string>>>;

/** Who shows this `Authorization` header; null = nobody. Takes the same time for every wrong token. */
export function findTokenOwner<Owner extends string>(
  tokens: TokenHashes<Owner>,
  authorization: string | undefined,
): Owner | null {
  const token = /^Bearer ([\x21-\x7e]{16,512})$/.exec(authorization ?? '')?.[1] ?? '';
  const shown = createHash('sha256').update(token).digest();
  let found: Owner | null = null;
  // Object.entries forgets the type of the keys.
  for (const [owner, expected] of Object.entries(tokens) as [Owner, string][]) {
    if (timingSafeEqual(shown, Buffer.from(expected, 'hex'))) found = owner;
  }
  return token === '' ? null : found;
}
