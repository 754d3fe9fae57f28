import type { Finding, SubgraphSource } from '@tavolo/schema-check';
import type { ContractEntry } from '../model/contract-entry.ts';
import type { FieldOwners, ReleasedContract } from '../model/release-entry.ts';

/** A subgraph on its way into the composer; the digest stands for its files. */
export interface DigestedSource extends SubgraphSource {
  readonly digest: string;
}

/** A graph that could be, and what it is judged by. */
export interface CompositionJob {
  /** Judged by the rules of the house. */
  readonly submitted: readonly DigestedSource[];
  /** The others of the graph. */
  readonly others: readonly DigestedSource[];
  readonly partners: readonly string[];
  readonly waivers: readonly {
    readonly subgraph: string;
    readonly code: string;
    readonly coordinate: string;
  }[];
  readonly contracts: readonly ContractEntry[];
  /** The supergraph in force; null = there is none. */
  readonly before: { readonly id: string; readonly sdl: string } | null;
}

/** A difference between the graph in force and the one that could be, not yet held against what is asked. */
export interface FoundChange {
  readonly kind: string;
  readonly coordinate: string;
  readonly description: string;
  /** Whether some question could fail by it. */
  readonly isBreaking: boolean;
  /** Output fields (`Type.field`) whose questions could fail. */
  readonly fields: readonly string[];
}

export interface ComposedGraph {
  readonly sdl: string;
  /** SHA-256, in hexadecimal, of `sdl`. */
  readonly id: string;
  readonly owners: FieldOwners;
  readonly contracts: readonly ReleasedContract[];
}

export interface CompositionResult {
  readonly findings: readonly Finding[];
  /** Null when it does not compose. */
  readonly graph: ComposedGraph | null;
  readonly changes: readonly FoundChange[];
}

/** What the worker answers; errors lose their class between threads, so they travel as text for the log. */
export type CompositionReply =
  | { readonly kind: 'done'; readonly result: CompositionResult }
  | { readonly kind: 'failed'; readonly message: string };
