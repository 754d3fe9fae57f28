import { hash } from 'node:crypto';
import type { IssuerKeys, KeySnapshot } from './issuer-keys.ts';
import type { VerifiedToken } from './verified-token.ts';

/** A token that was verified once, and what it was verified with. */
export interface CachedToken {
  readonly token: VerifiedToken;
  /** The thumbprint of the key it is bound to. */
  readonly boundTo: string | null;
  /** It was good with these keys; with others it is verified anew. */
  readonly keys: KeySnapshot;
  readonly issuerKeys: IssuerKeys;
  readonly untilMs: number;
}

export interface VerifiedTokenCache {
  /** What is known of a token, as long as its keys are still the issuer's; no promise, no signature. */
  get(digest: string): CachedToken | null;
  set(digest: string, entry: CachedToken): void;
}

/** The name of a token in the cache: the token itself is nowhere kept. */
export function digestOfToken(token: string): string {
  return hash('sha256', token, 'base64');
}

/** Keeps at most so many tokens, the longest there leaves first, none beyond its expiry. */
export function createVerifiedTokenCache(now: () => Date, maxTokens: number): VerifiedTokenCache {
  const entries = new Map<string, CachedToken>();
  return {
    get(digest) {
      const entry = entries.get(digest);
      if (entry === undefined) return null;
      if (now().getTime() < entry.untilMs && entry.issuerKeys.fresh() === entry.keys) return entry;
      entries.delete(digest);
      return null;
    },
    set(digest, entry) {
      entries.delete(digest);
      entries.set(digest, entry);
      if (entries.size <= maxTokens) return;
      const oldest = entries.keys().next();
      if (!oldest.done) entries.delete(oldest.value);
    },
  };
}
