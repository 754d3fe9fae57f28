import { sdlFile } from '@tavolo/schema-check';
import { z } from 'zod';
import { subgraphName } from './subgraph-name.ts';

/**
 * Where a version of a subgraph's schema stands: `DRAFT` was sent and never served, `PUBLISHED` is the one in the
 * graph, `SUPERSEDED` was, `ARCHIVED` belongs to a subgraph that was taken out.
 */
export const versionState = z.enum(['DRAFT', 'PUBLISHED', 'SUPERSEDED', 'ARCHIVED']);

/** A version of a subgraph's schema, without its text. */
export const subgraphVersion = z.object({
  subgraph: subgraphName,
  version: z.int().min(1),
  state: versionState,
  /** SHA-256, in hexadecimal, over the files. */
  digest: z.string(),
  url: z.url(),
  note: z.string().max(500),
  createdAt: z.iso.datetime(),
  /** The organisation that sent it. */
  createdBy: z.string(),
  publishedAt: z.iso.datetime().nullable(),
});
export type SubgraphVersion = Readonly<z.infer<typeof subgraphVersion>>;

/** The same with its text: `GET /subgraphs/:name/versions/:version`. */
export const subgraphVersionText = subgraphVersion.extend({ files: z.array(sdlFile) });
export type SubgraphVersionText = Readonly<z.infer<typeof subgraphVersionText>>;

/** A subgraph: `GET /subgraphs`, `GET /subgraphs/:name`. */
export const subgraphView = z.object({
  name: subgraphName,
  /** The partner's id. */
  owner: z.string(),
  contact: z.object({ name: z.string(), email: z.string() }),
  state: z.enum(['DRAFT', 'PUBLISHED', 'DEPRECATED', 'ARCHIVED']),
  /** The version in the graph; null = none. */
  version: z.int().nullable(),
  url: z.url().nullable(),
  /** Until when a deprecated one is still served at the least. */
  deprecatedUntil: z.iso.datetime().nullable(),
  deprecationReason: z.string().nullable(),
  publishedAt: z.iso.datetime().nullable(),
});
export type SubgraphView = Readonly<z.infer<typeof subgraphView>>;
