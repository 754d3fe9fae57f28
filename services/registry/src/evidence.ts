import type { RegistryKind } from './store/registry-store.ts';

export type RegistryAction =
  | 'CREATED'
  | 'CHANGED'
  | 'SUBMITTED'
  | 'APPROVED'
  | 'REJECTED'
  | 'ARCHIVED'
  | 'SUSPENDED'
  | 'RESUMED'
  | 'DRAFTED'
  | 'PUBLISHED'
  | 'ROLLED_BACK'
  | 'DEPRECATED'
  | 'GRANTED';

/** What a change is about. */
export type EvidenceSubject = RegistryKind | 'subgraph' | 'contract' | 'waiver';

/** What is kept of a change for good: who did what to which entry; no text that somebody wrote. */
export interface RegistryEvidence {
  readonly at: string;
  readonly action: RegistryAction;
  readonly organisation: string;
  readonly issuer: string;
  readonly clientId: string;
  /** A pseudonym. */
  readonly user: string;
  readonly requestId: string;
  readonly subject: { readonly kind: EvidenceSubject; readonly id: string };
  /** Of the entry, or of the schema in the graph; 0 = there was none. */
  readonly revisionBefore: number;
  readonly revisionAfter: number;
  /**
   * Of the whole registry, when this change is kept. Written before the commit: if that fails, the next
   * record has the same number and this change never was. Schemas have `sequence` instead.
   */
  readonly registryVersion?: number;
  /** The version of a purpose that was drafted, submitted, decided or in force. */
  readonly purposeVersion?: number;
  /** For whom it was approved, rejected, suspended or resumed. */
  readonly side?: string;
  readonly coordinates?: readonly string[];
  /** Declared when drafted, granted when approved. */
  readonly categories?: readonly string[];
  /** Of the supergraph, when this change is kept; the same holds as for `registryVersion`. */
  readonly sequence?: number;
  /** Of a schema: SHA-256, in hexadecimal. */
  readonly digest?: string;
  /** Whose questions fail by a change that was made in spite of it. */
  readonly brokenConsumers?: readonly string[];
  /** Of a waiver: the finding's code. */
  readonly code?: string;
}

/** Where evidence goes; nothing is changed when it rejects. */
export interface EvidencePort {
  append(record: RegistryEvidence): Promise<void>;
}
