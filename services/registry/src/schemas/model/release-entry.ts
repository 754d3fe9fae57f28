import type { SupergraphRelease } from '@tavolo/registry-api';

/** What a release is, without its text. */
export interface ReleaseHead {
  readonly sequence: number;
  /** SHA-256, in hexadecimal, of the whole graph's SDL. */
  readonly id: string;
  readonly cause: SupergraphRelease['cause'];
  readonly issuedAt: string;
  readonly subgraphs: SupergraphRelease['subgraphs'];
}

/** Whose each field is: coordinates with ids of partners or names of subgraphs. */
export type FieldOwners = Readonly<Record<string, readonly string[]>>;

/** A variant of one release. */
export interface ReleasedContract {
  readonly contract: string;
  readonly sdl: string;
}

/** One composed supergraph with everything that is served of it. */
export interface ReleaseEntry {
  readonly head: ReleaseHead;
  readonly sdl: string;
  readonly owners: FieldOwners;
  readonly contracts: readonly ReleasedContract[];
}
