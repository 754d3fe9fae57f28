import { z } from 'zod';

/** One promise of the contract, tried on a running subgraph. */
export const conformanceResult = z.object({
  /** Stable, as `ENTITIES_ORDER_KEPT`; `tavolo explain CODE` tells more. */
  code: z.string().regex(/^[A-Z][A-Z0-9_]{2,79}$/u),
  /** The promise in plain words. */
  title: z.string(),
  outcome: z.enum(['KEPT', 'BROKEN', 'NOT_TRIED']),
  /** Of a broken one: what was sent and what came (values of the partner's data taken out), and what to change. */
  sent: z.string().nullable(),
  came: z.string().nullable(),
  change: z.object({ en: z.string(), it: z.string() }).nullable(),
  /** Of one not tried: why. */
  reason: z.string().nullable(),
  milliseconds: z.number(),
});

/** What `tavolo subgraph conformance` found. */
export const conformanceReport = z.object({
  subgraph: z.string(),
  verdict: z.enum(['CONFORMS', 'DOES_NOT_CONFORM']),
  results: z.array(conformanceResult),
});
export type ConformanceReport = Readonly<z.infer<typeof conformanceReport>>;
