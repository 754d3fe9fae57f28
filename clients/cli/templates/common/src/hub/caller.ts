import { z } from 'zod';

/** Who asks, and for what: what the gateway verified and signed. Members this version does not know are left out. */
export const caller = z.object({
  organisation: z.string().min(1).max(64),
  /** The partner that organisation is, when it also answers. */
  partner: z.string().min(1).max(64).nullable(),
  /** A pseudonym, the same at every call. */
  user: z.string().min(1).max(64),
  roles: z.array(z.string().min(1).max(64)).max(20),
  /** Note it beside the access. */
  purposeId: z.string().min(1).max(64),
  purposeVersion: z.int().min(1),
  /** Special categories of data that this institution granted to the purpose. */
  categories: z.array(z.string().min(1).max(64)).max(20),
  /** Whose rows may be seen; null = the whole province; empty = nobody's. */
  districts: z.array(z.string().min(1).max(64)).max(100).nullable(),
  /** The question this call is a part of; the hub's evidence has the same one. */
  requestId: z.string().min(8).max(64),
});
export type Caller = Readonly<z.infer<typeof caller>>;
