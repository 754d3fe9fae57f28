import type { EnrolmentSubject } from '@tavolo/linkage';
import type { ColumnType } from 'kysely';
import type { Partner } from '../partner.ts';

/** Read as RFC 3339 text, written as such. */
type Instant = ColumnType<Date, string, string>;

/** The tables of the schema `person_index`; a `ref` is `partner/sectorKey`. */
export interface IndexDatabase {
  identity: { epoch: string; revision: string };
  record: {
    subject: EnrolmentSubject;
    partner: Partner;
    sector_key: string;
    version: string;
    cluster_id: string;
    rule: string | null;
    /** Of the weakest link in the cluster, 0 to 1; null = alone. */
    confidence: number | null;
    enrolled_at: Instant;
    /** The encodings, sealed; null once the record is past its retention. */
    sealed: Buffer | null;
    /** As the institution says; it counts only while the other record is there. */
    duplicate_of: string | null;
    is_duplicate: boolean;
    is_restricted: boolean;
    /** A record of this person that was protected, or unwilling, is gone; the person is not. */
    inherits_protection: boolean;
    sharing: string | null;
    /** Somebody in the cluster is protected, or does not want to be shared. */
    is_withheld: boolean;
    known_since: string | null;
    closed_on: string | null;
  };
  /** By what the coordination table knows a person. */
  person_ref: { cluster_id: string; ref: string; secret_check: string };
  household_member: { partner: Partner; household_key: string; member_key: string };
  link: {
    ref_a: string;
    ref_b: string;
    stage: string;
    rule: string;
    score: number;
    made_at: Instant;
  };
  doubt: { ref_a: string; ref_b: string; reason: string; score: number; since: Instant };
  decision: {
    ref_a: string;
    ref_b: string;
    verdict: string;
    reviewer: string;
    decided_at: Instant;
    /** Whether the two were linked, and how probably one person, when it was decided. */
    was_linked: boolean;
    score: number | null;
  };
  event: { id: string; at: Instant; kind: string; cluster_id: string; refs: string[] };
  access: {
    partner: Partner;
    sector_key: string;
    purpose: string;
    day: string;
    times: number;
    request_ids: string[];
  };
  linkage_key: {
    id: string;
    key_check: string;
    named_by: Partner | null;
    /** A second institution uses the same: nobody can change alone what the id means. */
    is_agreed: boolean;
  };
  enrolment: { partner: Partner; last_at: Instant };
  /** Institutions taken in while the index runs. */
  partner: {
    name: Partner;
    label_en: string;
    label_it: string;
    token_sha256: string | null;
    added_at: Instant;
    removed_at: Instant | null;
  };
}
