import { z } from 'zod';
import { FILTER_BITS } from './filter/filter-encoder.ts';
import { IDENTIFIER_KINDS } from './identifier-kind.ts';
import { SKELETON_KINDS } from './skeleton-keys.ts';

/** Largest request the person index reads, in bytes. */
export const MAX_ENROLMENT_BYTES = 1_048_576;
/** Most records in one request; a request is taken whole or not at all. */
export const MAX_ENROLMENT_RECORDS = 500;

/** An HMAC-SHA-256 in base64url: neither a name nor an identifier has this form. */
export const SECTOR_KEY = /^[A-Za-z0-9_-]{43}$/;
const opaque = z.string().regex(SECTOR_KEY, 'must be 43 base64url characters');

export const MOST_IDENTIFIERS = 64;
export const MOST_HOUSEHOLD_CODES = 32;
export const MOST_MEMBERS = 100;
const keyId = z.string().regex(/^[A-Za-z0-9._-]{1,32}$/, 'must be a linkage key id');

/** PostgreSQL has no year 0, and nobody's identifier is older than the registers. */
export const validityDay = z.iso
  .date()
  .refine((day) => day >= '1900-01-01', 'must be a day from 1900-01-01 on');

const encodedIdentifier = z.strictObject({
  kind: z.enum(IDENTIFIER_KINDS),
  keyId,
  mac: opaque,
  validFrom: validityDay.optional(),
  validTo: validityDay.optional(),
});

/** Base64url of one filter, without padding. */
const FILTER_CHARACTERS = Math.ceil(FILTER_BITS / 6);
const filter = z
  .string()
  .regex(
    new RegExp(`^[A-Za-z0-9_-]{${FILTER_CHARACTERS}}$`),
    `must be ${FILTER_BITS} bits in base64url`,
  );

const cohortChecks = z.strictObject({
  sex: z.int().min(0).max(1).nullable(),
  citizenship: z.int().min(0).max(15).nullable(),
});

const encodedAttributes = z.strictObject({
  keyId,
  isYearOnly: z.boolean(),
  isOneWord: z.boolean(),
  filters: z.tuple([filter, filter, filter]),
  checks: z.tuple([cohortChecks, cohortChecks, cohortChecks]),
  skeletons: z.array(z.strictObject({ kind: z.enum(SKELETON_KINDS), mac: opaque })).max(32),
});

/** One person as an institution enrols it; `version` is the institution's own digest of the record. */
export const personRecord = z.strictObject({
  sectorKey: opaque,
  version: opaque,
  identifiers: z.array(encodedIdentifier).max(MOST_IDENTIFIERS),
  /** Absent = name or birth date is not known. */
  attributes: encodedAttributes.optional(),
  /** Must not be listed, found or joined by the hub. */
  isRestricted: z.boolean().optional(),
  /** The person's own word on sharing; absent = never asked. */
  sharing: z.enum(['ALLOWED', 'EXCLUDED']).optional(),
  /** Since when the institution knows the person. */
  knownSince: validityDay.optional(),
  /** When the institution closed its file. */
  closedOn: validityDay.optional(),
  /** The sector key of the same institution's other record of the same person. */
  duplicateOf: opaque.optional(),
});

/** One household as an institution enrols it; members are that institution's own sector keys. */
export const householdRecord = z.strictObject({
  sectorKey: opaque,
  version: opaque,
  codes: z.array(z.strictObject({ keyId, mac: opaque })).max(MOST_HOUSEHOLD_CODES),
  memberSectorKeys: z.array(opaque).max(MOST_MEMBERS),
});

/** Proves that all institutions mean the same key by one id: 8 hexadecimal characters, useless for finding it. */
export const linkageKeyMark = z.strictObject({
  id: keyId,
  check: z.string().regex(/^[0-9a-f]{8}$/, 'must be 8 hexadecimal characters'),
});

export const peopleBatch = z.strictObject({
  key: linkageKeyMark,
  records: z.array(personRecord).min(1).max(MAX_ENROLMENT_RECORDS),
});

export const householdsBatch = z.strictObject({
  key: linkageKeyMark,
  records: z.array(householdRecord).min(1).max(MAX_ENROLMENT_RECORDS),
});

export const removalBatch = z.strictObject({
  sectorKeys: z.array(opaque).min(1).max(MAX_ENROLMENT_RECORDS),
});

/** What the index answers to a write: figures about the partner's own records, nothing about anybody else. */
export const enrolmentReceipt = z.object({
  /** Changes when the index starts from an empty store: whoever remembers what it sent must look again. */
  epoch: z.string().max(MOST_IDENTIFIERS),
  received: z.int(),
  /** How many of them differed from what the index had. */
  changed: z.int(),
});

/** One page of what the index holds of the asking partner, in order of sector key. */
export const manifestPage = z.object({
  epoch: z.string().max(MOST_IDENTIFIERS),
  records: z.array(z.object({ sectorKey: opaque, version: opaque })),
  /** Sector key to continue after; null = the end. */
  next: opaque.nullable(),
});

/** Figures about the asking partner's own records. */
export const enrolmentFigures = z.object({
  epoch: z.string().max(MOST_IDENTIFIERS),
  people: z.int(),
  households: z.int(),
});

export type LinkageKeyMark = z.infer<typeof linkageKeyMark>;
export type PersonRecord = z.infer<typeof personRecord>;
export type HouseholdRecord = z.infer<typeof householdRecord>;
export type EnrolmentReceipt = z.infer<typeof enrolmentReceipt>;
export type ManifestPage = z.infer<typeof manifestPage>;
export type EnrolmentFigures = z.infer<typeof enrolmentFigures>;

/** The two things a partner enrols; also the last part of the address. */
export type EnrolmentSubject = 'people' | 'households';
