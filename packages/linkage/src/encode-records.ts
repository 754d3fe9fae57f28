import { createHash } from 'node:crypto';
import type { EnrolmentSubject } from './enrolment-wire.ts';
import { householdRecord, personRecord, validityDay } from './enrolment-wire.ts';
import type { IdentifierEncoder } from './identifier-encoder.ts';
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
  /** `YYYY-MM-DD`: the day the institution closed its file; the index forgets the record some time after. */
  readonly closedOn?: string;
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

/** Null = the record breaks the form of the enrolment API (a sector key that is not one, too many members). */
export function encodePerson(
  encoder: IdentifierEncoder,
  person: PersonToEnrol,
): RecordToSend | null {
  const identifiers = new Map<string, object>();
  for (const { kind, value, validFrom, validTo } of person.identifiers) {
    const encoded = encoder.encode(kind, value);
    if (encoded === null) continue;
    // A validity that cannot be read could veto a right link; the identifier is left out, not the person.
    if (!isValidity(validFrom) || !isValidity(validTo)) continue;
    const identifier = {
      ...encoded,
      ...(validFrom === undefined ? {} : { validFrom }),
      ...(validTo === undefined ? {} : { validTo }),
    };
    identifiers.set(JSON.stringify(identifier), identifier);
  }
  return recordToSend('people', person.sectorKey, { identifiers: inOrder(identifiers) });
}

function isValidity(day: string | undefined): boolean {
  return day === undefined || validityDay.safeParse(day).success;
}

/** Null as in `encodePerson`. */
export function encodeHousehold(
  encoder: IdentifierEncoder,
  household: HouseholdToEnrol,
): RecordToSend | null {
  const macs = household.codes.flatMap((code) => encoder.encodeHouseholdCode(code) ?? []);
  return recordToSend('households', household.sectorKey, {
    codes: [...new Set(macs)].sort().map((mac) => ({ keyId: encoder.keyId, mac })),
    memberSectorKeys: [...new Set(household.memberSectorKeys)].sort(),
  });
}

/** The order of a source's rows is no change of the record. */
function inOrder(byText: ReadonlyMap<string, object>): object[] {
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

function recordToSend(
  subject: EnrolmentSubject,
  sectorKey: string,
  content: object,
): RecordToSend | null {
  const version = createHash('sha256').update(JSON.stringify(content)).digest('base64url');
  const record = { sectorKey, version, ...content };
  const form = subject === 'people' ? personRecord : householdRecord;
  if (!form.safeParse(record).success) return null;
  return { subject, sectorKey, version, json: JSON.stringify(record) };
}
