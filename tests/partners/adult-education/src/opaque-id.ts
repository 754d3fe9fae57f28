import { createHmac } from 'node:crypto';

/** What an id is of: each kind has a label of its own, so that equal local ids never give equal opaque ones. */
export type OpaqueKind = 'person' | 'course' | 'enrolment';

/** The sector key of a person, or the opaque id of a thing: only who has the secret can derive it. */
export function opaqueId(secret: string, kind: OpaqueKind, localId: string): string {
  return createHmac('sha256', secret)
    .update(`tavolo/sector-key/v1\0${kind}\0${localId}`)
    .digest('base64url');
}
