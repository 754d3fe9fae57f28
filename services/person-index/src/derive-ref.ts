import { createHmac } from 'node:crypto';

/**
 * The reference a client may see: the same for one person and one purpose, and without the secret of no use for
 * telling that two references of two purposes mean one person.
 */
export function deriveRef(
  secret: string,
  purpose: string,
  type: 'person' | 'household',
  clusterId: string,
): string {
  return createHmac('sha256', secret)
    .update(`tavolo/ref/v2\0${purpose}\0${type}\0${clusterId}`)
    .digest('base64url');
}
