import { subgraphNames } from '@tavolo/schemas';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { type FurtherPartner, institutionOf, keyFieldOf } from './further-partner.ts';

/** Institutions beside the founding ones, those removed in the last days among them. */
export const MOST_PARTNERS = 50;

/** Words of ours, or of JavaScript: nobody's name. */
const reserved: ReadonlySet<string> = new Set([...subgraphNames, 'hub', 'constructor', 'sdl']);

/** A name of the registry that can also begin a field of the graph. */
const partnerName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u)
  .min(2)
  .max(64);

const words = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} '’.,&/-]{0,79}$/u,
    'must be up to 80 letters, digits, spaces and . , & / - ’, beginning with a letter or digit',
  );

/** `PUT /partners/:name`. */
export const partnerForm = z.strictObject({
  label: z.strictObject({ en: words, it: words }),
  tokenSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/u, 'must be the SHA-256 of the token, in small hexadecimal'),
});

/** The name, when it is one and nobody else's key or word in the graph would be the same; throws a `Refusal`. */
export function readPartnerName(name: string, others: readonly FurtherPartner[]): string {
  if (!partnerName.safeParse(name).success) {
    throw new Refusal(
      'BAD_USER_INPUT',
      'name: must be 2 to 64 lower-case letters and digits in words joined by hyphens, beginning with a letter',
    );
  }
  if (reserved.has(name)) {
    throw new Refusal('BAD_USER_INPUT', 'name: is one of the hub’s own; choose another');
  }
  const taken = [...subgraphNames, ...others.map((other) => other.name)].filter(
    (other) => other !== name,
  );
  const isTaken = taken.some(
    (other) =>
      keyFieldOf(other) === keyFieldOf(name) || institutionOf(other) === institutionOf(name),
  );
  if (isTaken) {
    throw new Refusal(
      'BAD_USER_INPUT',
      'name: another institution’s key or name in the graph would be the same; choose another',
    );
  }
  return name;
}
