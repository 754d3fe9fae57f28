/** Builds everything a text needs and serves it; rejects, with the reason, a text that cannot be served. */
export type TakeSupergraph = (sdl: string) => Promise<'reloaded' | 'unchanged'>;

/** A supergraph that was not taken, as log and health page tell it. */
export interface RefusedSupergraph {
  /** `null` when it never said which it is. */
  readonly sequence: number | null;
  readonly reason: string;
  /** Whose part of the graph it is about, where that can be said. */
  readonly subgraphs: readonly string[];
  readonly at: string;
}

/** How a gateway stands with its supergraph. */
export interface SupergraphStanding {
  readonly source: 'file' | 'registry';
  /** Of the release in force; `null` of a file, or when none came yet. */
  readonly sequence: number | null;
  /** The newest that was refused, until a good one was taken. */
  readonly refused: RefusedSupergraph | null;
  /** Whether a restart without the registry would serve the same; `null` of a file. */
  readonly kept: boolean | null;
}

/** Where a gateway has its supergraph from. */
export interface SupergraphSource {
  /**
   * Hands over what there is, and from then on whatever comes. Resolves once what can be had at once is served;
   * rejects only where a gateway without it would wait for nothing.
   */
  start(take: TakeSupergraph): Promise<void>;
  /** Looks now. */
  reload(): Promise<'reloaded' | 'unchanged'>;
  readonly standing: SupergraphStanding;
  close(): Promise<void>;
}
