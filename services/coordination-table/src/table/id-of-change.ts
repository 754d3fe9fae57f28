import { createHash } from 'node:crypto';

/**
 * The id of what a change makes: the change log sees that an organisation uses a client key once, so it is
 * unique without drawing it, and says nothing about what it names.
 */
export function idOfChange(
  kind: string,
  { organisation }: { readonly organisation: string },
  clientKey: string,
): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, organisation, clientKey]))
    .digest('base64url')
    .slice(0, 22);
}
