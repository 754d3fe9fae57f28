import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Names and values as they may lie in a store that others can read. */
export interface SealedEntries {
  /** A name that tells nothing of its parts to whoever does not have the secret. */
  nameOf(kind: string, parts: readonly string[]): string;
  /** Bound to its name: put under another one it does not open. */
  seal(name: string, text: string): Buffer;
  /** `undefined` where it was not sealed with this secret under this name. */
  open(name: string, sealed: Buffer): string | undefined;
}

const ivBytes = 12;
const tagBytes = 16;
/** Names and values have a key each, made of the one secret that all gateways of a hub share. */
const purposes = { names: 'tavolo entity cache: names', values: 'tavolo entity cache: values' };

/** AES-256-GCM for values, HMAC-SHA-256 for names; the secret has at least 32 bytes. */
export function createSealedEntries(secret: string): SealedEntries {
  if (Buffer.byteLength(secret) < 32) {
    throw new Error('the secret of the entity cache must have 32 bytes or more');
  }
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), purpose, 32));
  const nameKey = derive(purposes.names);
  const valueKey = derive(purposes.values);
  return {
    nameOf(kind, parts) {
      const digest = createHmac('sha256', nameKey).update(JSON.stringify([kind, ...parts]));
      return `tavolo:entity:${kind}:${digest.digest('base64url')}`;
    },
    seal(name, text) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', valueKey, iv).setAAD(Buffer.from(name));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },
    open(name, sealed) {
      if (sealed.length < ivBytes + tagBytes) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', valueKey, sealed.subarray(0, ivBytes), {
          authTagLength: tagBytes,
        })
          .setAAD(Buffer.from(name))
          .setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
        const body = decipher.update(sealed.subarray(ivBytes + tagBytes));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
