/** One thing a feed could not take in: names file, line, field and reason, never the value. */
export interface FeedRejection {
  /** The dropped file or the message's control id. */
  readonly source: string;
  readonly line: number | null;
  readonly field: string | null;
  readonly reason: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}
