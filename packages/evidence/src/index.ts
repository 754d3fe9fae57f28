export { type AnomalyOptions, type AnomalyWatch, createAnomalyWatch } from './anomaly-watch.ts';
export { EvidenceProblem, EvidenceUnavailable } from './evidence-error.ts';
export {
  describeFault,
  type EvidenceFault,
  EvidenceFaultError,
  type EvidenceFaultKind,
} from './evidence-fault.ts';
export {
  type AnomalyRecord,
  type AppendedRecord,
  anomalyRecord,
  coordinatesRead,
  type EvidenceBody,
  type OperationRecord,
  operationNameFor,
  operationRecord,
  type RegistryRecord,
  registryRecord,
} from './evidence-record.ts';
export { type ExportedPack, type ExportOptions, exportEvidence } from './export-evidence.ts';
export { type EvidenceKey, keysNamedInLog } from './keys-named-in-log.ts';
export { lastCheckpointOf } from './last-checkpoint.ts';
export {
  type EvidenceAlarm,
  type EvidenceLog,
  type EvidenceLogOptions,
  openEvidenceLog,
} from './open-evidence-log.ts';
export type { RetentionPolicy } from './retention.ts';
export {
  type EvidenceFilter,
  type EvidencePage,
  type FoundRecord,
  searchEvidence,
} from './search-evidence.ts';
export { createTimestampClient, type TimestampClient } from './timestamp-client.ts';
export { type EvidenceVerdict, type VerifyOptions, verifyEvidence } from './verify-evidence.ts';
