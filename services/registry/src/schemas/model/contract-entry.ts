/** A variant of the graph for an audience. */
export interface ContractEntry {
  readonly name: string;
  readonly includeTags: readonly string[];
  readonly excludeTags: readonly string[];
}

/** Why a finding is no error at one place, and until when. */
export interface WaiverEntry {
  readonly subgraph: string;
  readonly code: string;
  readonly coordinate: string;
  readonly reason: string;
  readonly until: string;
  /** The organisation whose privacy officer granted it. */
  readonly grantedBy: string;
  readonly grantedAt: string;
}
