import { z } from 'zod';

/** A sentence in both languages of the hub's partners. */
export const bilingual = z.object({ en: z.string().min(1), it: z.string().min(1) });
export type Bilingual = Readonly<z.infer<typeof bilingual>>;

/** A place in somebody's SDL; `file` is the path as its team named it. */
export const place = z.object({
  subgraph: z.string(),
  /** The partner that answers for that subgraph: whom to talk to. */
  owner: z.string(),
  file: z.string(),
  /** From 1. */
  line: z.int().min(1),
  column: z.int().min(1),
});
export type Place = Readonly<z.infer<typeof place>>;

/** `ERROR` refuses the publication; `WARNING` and `NOTE` do not. */
export const severity = z.enum(['ERROR', 'WARNING', 'NOTE']);
export type Severity = z.infer<typeof severity>;

/** One thing found in a schema: what, where, whose the other side is, and what to change. */
export const finding = z.object({
  /** Stable; `tavolo explain CODE` tells more. */
  code: z.string().regex(/^[A-Z][A-Z0-9_]{2,79}$/u),
  severity,
  /** `Person.stays`, `Stay`, `Query.stays(first:)`; null = the schema as a whole. */
  coordinate: z.string().nullable(),
  /** Null = nowhere in the files that were sent. */
  place: place.nullable(),
  /** The other sides of a disagreement. */
  others: z.array(place).max(20),
  cause: bilingual,
  fix: bilingual,
});
export type Finding = Readonly<z.infer<typeof finding>>;
