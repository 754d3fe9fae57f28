import type { EnrolmentSubject } from '@tavolo/linkage';
import type { ColumnType } from 'kysely';
import type { Partner } from '../partner.ts';

/** Read as RFC 3339 text, written as such. */
type Instant = ColumnType<Date, string, string>;

/** The tables of the schema `person_index`. */
export interface IndexDatabase {
  identity: { epoch: string };
  record: {
    subject: EnrolmentSubject;
    partner: Partner;
    sector_key: string;
    version: string;
    cluster_id: string;
    rule: string | null;
    enrolled_at: Instant;
  };
  evidence: {
    subject: EnrolmentSubject;
    partner: Partner;
    sector_key: string;
    kind: string;
    key_id: string;
    mac: string;
    valid_from: string | null;
    valid_to: string | null;
  };
  household_member: { partner: Partner; household_key: string; member_key: string };
  conflict: {
    subject: EnrolmentSubject;
    partner_a: Partner;
    key_a: string;
    partner_b: Partner;
    key_b: string;
    rule: string;
  };
  enrolment: { partner: Partner; last_at: Instant };
}
