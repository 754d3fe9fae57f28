import { z } from 'zod';

/** One file of a subgraph's SDL; the path is only told back, never opened. */
export const sdlFile = z.strictObject({
  path: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[\w.@/ -]+$/u),
  text: z.string().max(5_000_000),
});
export type SdlFile = Readonly<z.infer<typeof sdlFile>>;

/** A subgraph as it is composed: its SDL in files (joined in order), who answers for it, where it listens. */
export interface SubgraphSource {
  readonly name: string;
  /** The partner's id. */
  readonly owner: string;
  readonly url: string;
  readonly files: readonly SdlFile[];
}
