import { z } from 'zod';

/**
 * Keys of invented records that my subgraph knows, by type: `{"Person": [{"employmentCentreKey": "k1"}]}`. The
 * mocked subgraphs speak of these, so that a question that goes through them finds data here.
 */
export const samples = z.record(
  z.string().max(100),
  z
    .array(z.record(z.string().max(100), z.union([z.string().max(500), z.number(), z.null()])))
    .min(1)
    .max(1_000),
);
export type Samples = Readonly<z.infer<typeof samples>>;
