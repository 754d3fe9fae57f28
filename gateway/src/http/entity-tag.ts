import { createHash } from 'node:crypto';

/** A strong validator (RFC 9110, 8.8.3): the SHA-256 of the body, so that equal tags are equal bytes. */
export function entityTagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url')}"`;
}

/** Whether `If-None-Match` holds the tag; compared weakly, as the header asks, since a proxy may have made it weak. */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((each) => {
    const text = each.trim();
    return text === '*' || (text.startsWith('W/') ? text.slice(2) : text) === tag;
  });
}
