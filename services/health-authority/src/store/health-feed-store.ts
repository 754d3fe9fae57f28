import type { HealthFact } from './health-fact.ts';

/** Why something was refused: the field at fault, null when it isn't one field, and the rule. */
export interface FeedProblem {
  readonly field: string | null;
  readonly reason: string;
}

/** What reading a message gave: facts to apply, or the one problem that keeps it out. */
export type MessageReading =
  | {
      readonly kind: 'accepted';
      readonly facts: readonly HealthFact[];
      /** Parts left out of a message that is otherwise taken in. */
      readonly warnings: readonly FeedProblem[];
    }
  | { readonly kind: 'refused'; readonly problem: FeedProblem };

/** One HL7 message or one FHIR resource as it came, with what was read from it. */
export interface Delivery {
  /** `mllp`, `fhir`, or the dropped file's name; shown with a rejection. */
  readonly source: string;
  /** Line or entry in the source. */
  readonly line: number | null;
  /** With `controlId` what makes a repetition recognisable; who sent it. */
  readonly sender: string;
  /** MSH-10; for a FHIR resource its type, id and digest; '' when the message has none. */
  readonly controlId: string;
  /** Kept in the raw store only, for the configured retention. */
  readonly bytes: Buffer;
  /** Digest of the message without its header: equal for a message sent again with a new time stamp. */
  readonly contentSha256: string;
  /** RFC 3339, UTC. */
  readonly receivedAt: string;
  readonly reading: MessageReading;
}

export type DeliveryOutcome =
  | { readonly kind: 'applied' }
  /** Applied before; acknowledged without effect. */
  | { readonly kind: 'duplicate' }
  /** `again`: the same content was refused before, and is not counted or noted twice. */
  | { readonly kind: 'quarantined'; readonly problem: FeedProblem; readonly again: boolean };

/** What the feeds need from storage. */
export interface HealthFeedStore {
  /**
   * Stores and applies in one commit that survives a power cut, in order; outcomes in the same order.
   * Throws, having stored nothing, when the commit fails (`isDiskFull` says whether for want of space).
   */
  take(deliveries: readonly Delivery[]): DeliveryOutcome[];
  isDiskFull(cause: unknown): boolean;
  /** The institution's own patient id behind a FHIR patient id, if it has come before. */
  localIdByFhirId(fhirId: string): string | null;
  /** Notes a refusal that has no message of its own, such as a whole file. */
  reject(source: string, problem: FeedProblem, at: string): void;
  /** How far the pull of one FHIR resource type has come; null before the first. */
  readCursor(name: string): string | null;
  writeCursor(name: string, value: string): void;
  /** Empties the raw messages received before `instant`; what was applied and the control ids stay. */
  forgetRawBefore(instant: string): number;
}
