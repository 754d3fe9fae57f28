export {
  archiveRequest,
  type CheckReport,
  type CheckRequest,
  checkReport,
  checkRequest,
  deprecationRequest,
  type FieldUse,
  fieldUse,
  type PublicationRequest,
  type PublicationResult,
  publicationRequest,
  publicationResult,
  rollbackRequest,
  type SchemaChange,
  type SubmittedSubgraph,
  schemaChange,
  submittedSubgraph,
} from './checks.ts';
export {
  type OperationReport,
  operationReport,
  type PopularOperations,
  popularOperations,
  type RecordedOperation,
  recordedOperation,
} from './operations.ts';
export { subgraphName } from './subgraph-name.ts';
export {
  type SubgraphVersion,
  type SubgraphVersionText,
  type SubgraphView,
  subgraphVersion,
  subgraphVersionText,
  subgraphView,
  versionState,
} from './subgraphs.ts';
export {
  openSupergraphRelease,
  type SupergraphRelease,
  SupergraphReleaseError,
  signSupergraphRelease,
  supergraphRelease,
} from './supergraph-release.ts';
