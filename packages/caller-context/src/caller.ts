import { z } from 'zod';

/** Who asks, and for what: what the gateway verified, as every subgraph gets it. */
export const caller = z.object({
  /** The consumer in the registry. */
  organisation: z.string().min(1).max(64),
  /** The partner that organisation is, when it also answers. */
  partner: z.string().min(1).max(64).nullable(),
  /** A pseudonym of the person or program, stable for one hub. */
  user: z.string().min(1).max(64),
  /** Those the purpose lets this user have. */
  roles: z.array(z.string().min(1).max(64)).max(20),
  purposeId: z.string().min(1).max(64),
  purposeVersion: z.int().min(1),
  /** Special categories this purpose was granted by the partner that is asked. */
  categories: z.array(z.string().min(1).max(64)).max(20),
  /** Whose rows may be seen; null = the whole province; empty = none. */
  districts: z.array(z.string().min(1).max(64)).max(100).nullable(),
  /** The question this call is a part of. */
  requestId: z.string().min(8).max(64),
});
export type Caller = Readonly<z.infer<typeof caller>>;
