export { deriveSectorKey } from './derive-sector-key.ts';
export { type EnrolOnceOptions, type EnrolOnceOutcome, enrolOnce } from './enrol-once.ts';
export { EnrolmentRefusedError } from './enrolment-client.ts';
export {
  type EnrolmentFigures,
  type EnrolmentReceipt,
  type EnrolmentSubject,
  type HouseholdRecord,
  householdRecord,
  householdsBatch,
  type LinkageKeyMark,
  MAX_ENROLMENT_BYTES,
  type ManifestPage,
  type PersonRecord,
  peopleBatch,
  personRecord,
  removalBatch,
} from './enrolment-wire.ts';
export {
  createIdentifierEncoder,
  type EncodedIdentifier,
  type EncodingCounts,
  type IdentifierEncoder,
} from './identifier-encoder.ts';
export { IDENTIFIER_KINDS, type IdentifierKind } from './identifier-kind.ts';
export { createLinkageKey, type LinkageKey, LinkageKeyError } from './linkage-key.ts';
export { type NormalisedIdentifier, normaliseIdentifier } from './normalise-identifier.ts';
export { createRecordEncoder, type RecordEncoder } from './record-encoder.ts';
export type {
  HouseholdToEnrol,
  IdentifierToEnrol,
  PersonAttributes,
  PersonToEnrol,
  RecordToSend,
} from './record-types.ts';
export { SKELETON_KINDS, type SkeletonKind } from './skeleton-keys.ts';
export {
  type Enrolment,
  type EnrolmentLogger,
  type EnrolmentOptions,
  startEnrolment,
} from './start-enrolment.ts';
