import { createHmac } from 'node:crypto';

/** The reference a client may see: stable for a cluster, useless for finding the cluster without the secret. */
export function deriveRef(secret: string, type: 'person' | 'household', clusterId: string): string {
  return createHmac('sha256', secret)
    .update(`tavolo/ref/v1\0${type}\0${clusterId}`)
    .digest('base64url');
}
