import { createHmac } from 'node:crypto';

/**
 * The code of somebody on one list: 120 bits, another in every list, so that two weeks' lists cannot be laid side
 * by side to follow somebody.
 */
export function pseudonymOf(secret: string, listId: string, unit: string): string {
  return createHmac('sha256', secret)
    .update(`tavolo/priority-list/v1\0${listId}\0${unit}`)
    .digest()
    .subarray(0, 15)
    .toString('base64url');
}
