import type { ContractEntry, WaiverEntry } from '../model/contract-entry.ts';
import type { FieldOwners, ReleaseEntry, ReleaseHead } from '../model/release-entry.ts';
import type { SubgraphEntry, VersionEntry, VersionText } from '../model/subgraph-entry.ts';

/** What is kept at the most; older ones go when newer ones come, never one that is in the graph. */
export const mostKept = {
  /** Of one subgraph: versions that were in the graph. */
  servedVersions: 1_000,
  /** Of one subgraph: versions that never were. */
  drafts: 20,
  releases: 50,
} as const;

export interface VersionsPage {
  /** Versions lower than this one; null = from the newest. */
  readonly before: number | null;
  readonly first: number;
}

/** The schemas' side of the registry. */
export interface SchemaReader {
  /** In the order of the names. */
  subgraphs(): Promise<readonly SubgraphEntry[]>;
  subgraph(name: string): Promise<SubgraphEntry | null>;
  /** Newest first. */
  versionsPage(name: string, page: VersionsPage): Promise<readonly VersionEntry[]>;
  version(name: string, version: number): Promise<VersionText | null>;
  /** The versions in the graph, without their text, in the order of the names. */
  versionsInForce(): Promise<readonly VersionEntry[]>;
  /** The same with their text. */
  textsInForce(): Promise<readonly VersionText[]>;
  /** The newest release; null = nothing was ever released. */
  releaseHead(): Promise<ReleaseHead | null>;
  /** The newest release, whole. */
  release(): Promise<ReleaseEntry | null>;
  /** The text of the newest release or of a variant of it; null = there is no such variant. */
  releasedSdl(contract: string | null): Promise<{ head: ReleaseHead; sdl: string } | null>;
  /** Of the newest release. */
  fieldOwners(): Promise<FieldOwners | null>;
  contracts(): Promise<readonly ContractEntry[]>;
  waivers(): Promise<readonly WaiverEntry[]>;
}

/** What a change may do with schemas; kept or dropped with all the rest of the change. */
export interface SchemaWriter extends SchemaReader {
  saveSubgraph(entry: SubgraphEntry): Promise<void>;
  /** Save its subgraph first: what is in the graph is never dropped. */
  saveVersion(version: VersionText): Promise<void>;
  /** Its sequence is the highest there is. */
  saveRelease(release: ReleaseEntry): Promise<void>;
  saveContract(contract: ContractEntry): Promise<void>;
  saveWaiver(waiver: WaiverEntry): Promise<void>;
}
