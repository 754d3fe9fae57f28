import type { EnrolmentSubject } from './enrolment-wire.ts';
import type { IdentifierKind } from './identifier-kind.ts';

export interface IdentifierToEnrol {
  readonly kind: IdentifierKind;
  /** In clear; encoded before it leaves the process. */
  readonly value: string;
  /** `YYYY-MM-DD`, inclusive. */
  readonly validFrom?: string;
  readonly validTo?: string;
}

/**
 * What an institution knows of a person besides numbers, in clear; encoded before it leaves the process.
 * Null, or empty, is "not written down".
 */
export interface PersonAttributes {
  /** Given and family names as written, in any order, particles and all. */
  readonly name: string | null;
  /** `YYYY-MM-DD`; 1 January is read as "only the year is known". */
  readonly birthDate: string | null;
  readonly sex: 'F' | 'M' | null;
  /** ISO 3166-1 alpha-2. */
  readonly citizenship: string | null;
}

export interface PersonToEnrol {
  readonly sectorKey: string;
  readonly identifiers: readonly IdentifierToEnrol[];
  readonly attributes?: PersonAttributes;
  /** Trafficking, violence, threats: the hub must not list or find this person, whoever else knows them. */
  readonly isRestricted?: boolean;
  /** The person's own word on being shared with other institutions; absent = never asked. */
  readonly sharing?: 'ALLOWED' | 'EXCLUDED';
  /** `YYYY-MM-DD`: since when the institution knows the person; news is not shared for some days. */
  readonly knownSince?: string;
  /** `YYYY-MM-DD`: the day the institution closed its file; the index forgets the record some time after. */
  readonly closedOn?: string;
  /** Sector key of the institution's other record of the same person, when it says so itself. */
  readonly duplicateOf?: string;
}

export interface HouseholdToEnrol {
  readonly sectorKey: string;
  /** As `issuer:code`; the same in the records of every institution that wrote the code down. */
  readonly codes: readonly string[];
  readonly memberSectorKeys: readonly string[];
}

/** A record ready to be sent: its key, its digest, its text. */
export interface RecordToSend {
  readonly subject: EnrolmentSubject;
  readonly sectorKey: string;
  readonly version: string;
  readonly json: string;
}
