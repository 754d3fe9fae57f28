import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  timingSafeEqual,
} from 'node:crypto';

/** What an id stands for; two labels never give the same id for the same local id. */
export type IdLabel =
  | 'person'
  | 'household'
  | 'case'
  | 'plan'
  | 'assessment'
  | 'intervention'
  | 'referral'
  | 'contact';

export interface OpaqueIds {
  /** Same local id, same label, same secret: same id, for ever. */
  encode(label: IdLabel, localId: string): string;
  /** The local id, or `null` for anything that `encode` did not give for this label and secret. */
  decode(label: IdLabel, id: string): string | null;
}

const tagBytes = 16;
/** Ids of one label are of one length whatever the local id, up to 15 bytes; then of the next step. */
const blockBytes = 16;
/** Longer texts are no id of ours; not worth decrypting. */
const longestId = 256;

/**
 * Opaque ids that only the institution can turn back. The institution's database is read-only to the hub,
 * so there is nowhere to keep a table of ids, and a table in memory would have to be rebuilt at each start
 * before a single id could be looked up. Instead the local id is encrypted deterministically, as in SIV mode
 * (RFC 5297): the initial vector is a MAC of label and local id, so it also proves that the id is ours.
 * Without the secret an id says nothing but its label's length class.
 */
export function createOpaqueIds(secret: string): OpaqueIds {
  if (secret.length < 32) throw new Error('The sector key secret must have at least 32 characters');
  const cipherKey = derive(secret, 'tavolo/opaque-id/v1/cipher');
  const macKey = derive(secret, 'tavolo/opaque-id/v1/mac');
  const tagOf = (label: IdLabel, padded: Buffer): Buffer =>
    createHmac('sha256', macKey).update(`${label}\0`).update(padded).digest().subarray(0, tagBytes);

  return {
    encode(label, localId) {
      const padded = pad(Buffer.from(localId, 'utf8'));
      const tag = tagOf(label, padded);
      const cipher = createCipheriv('aes-256-ctr', cipherKey, tag);
      return Buffer.concat([tag, cipher.update(padded), cipher.final()]).toString('base64url');
    },
    decode(label, id) {
      if (id.length > longestId) return null;
      const bytes = Buffer.from(id, 'base64url');
      // Node skips characters outside the alphabet; one record must not have many ids.
      if (bytes.toString('base64url') !== id) return null;
      if (bytes.length < tagBytes + blockBytes || bytes.length % blockBytes !== 0) return null;
      const tag = bytes.subarray(0, tagBytes);
      const decipher = createDecipheriv('aes-256-ctr', cipherKey, tag);
      const padded = Buffer.concat([decipher.update(bytes.subarray(tagBytes)), decipher.final()]);
      if (!timingSafeEqual(tag, tagOf(label, padded))) return null;
      return unpad(padded).toString('utf8');
    },
  };
}

function derive(secret: string, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', info, 32));
}

/** One byte 0x80, then zeros to the next block (ISO/IEC 7816-4): the length of a local id is not shown. */
function pad(text: Buffer): Buffer {
  const padded = Buffer.alloc((Math.floor(text.length / blockBytes) + 1) * blockBytes);
  text.copy(padded);
  padded[text.length] = 0x80;
  return padded;
}

function unpad(padded: Buffer): Buffer {
  return padded.subarray(0, padded.lastIndexOf(0x80));
}
