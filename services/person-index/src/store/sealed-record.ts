import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** The secret of the store does not open what it holds: another secret sealed it. */
export class SealError extends Error {
  override readonly name = 'SealError';

  constructor() {
    super('STORE_SECRET does not open the enrolled records; give the secret they were sealed with');
  }
}

/** Encodings are attackable if they are stolen, so a copy of the database alone must not hold them. */
export interface RecordSeal {
  /** `context` ties a record to its place: a sealed record moved to another does not open. */
  seal(context: string, text: string): Buffer;
  /** Throws SealError. */
  open(context: string, sealed: Uint8Array): string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under a key derived from `secret` (at least 32 characters). */
export function createRecordSeal(secret: string): RecordSeal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'tavolo/person-index/seal/v1', 32));
  return {
    seal(context, text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(context, sealed) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
          .setAAD(Buffer.from(context))
          .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const body = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        throw new SealError();
      }
    },
  };
}
