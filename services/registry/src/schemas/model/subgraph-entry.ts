import type { SdlFile } from '@tavolo/schema-check';

/** A subgraph as it is kept; which version is in the graph decides the state of all of them. */
export interface SubgraphEntry {
  readonly name: string;
  /** The partner that owned it when it was last changed; whoever names it now goes before. */
  readonly owner: string;
  /** In the graph; null = none. */
  readonly version: number | null;
  readonly lastVersion: number;
  readonly deprecation: { readonly until: string; readonly reason: string } | null;
  readonly isArchived: boolean;
}

/** A version of a subgraph's schema, without its text. */
export interface VersionEntry {
  readonly subgraph: string;
  readonly version: number;
  /** SHA-256, in hexadecimal, over the files. */
  readonly digest: string;
  readonly url: string;
  readonly note: string;
  readonly createdAt: string;
  /** The organisation that sent it. */
  readonly createdBy: string;
  /** When it first came into the graph; null = never. */
  readonly publishedAt: string | null;
}

/** A version with its text. */
export interface VersionText extends VersionEntry {
  readonly files: readonly SdlFile[];
}
