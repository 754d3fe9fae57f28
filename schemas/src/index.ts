export {
  type AnyOf,
  coordinatesOf,
  type FieldDecision,
  type RoleAccess,
  readClientSchema,
  readDecisions,
  roleAccess,
  sharedOwner,
} from '@tavolo/schema-check';
export { boundariesTopology } from './boundaries.ts';
export { createDemoPurposes, type DemoPurpose } from './demo-purposes.ts';
export { type FoundingDocument, readFoundingDocument } from './founding-page.ts';
export {
  type District,
  type Municipality,
  municipalities,
  municipalityByIstatCode,
} from './municipalities.ts';
export { readExamples } from './read-examples.ts';
export { factDocuments, factGraphOf, readFacts } from './read-facts.ts';
export { type FurtherFacts, readFurtherFacts } from './read-further-facts.ts';
export { readSubgraphSdl, type SubgraphName, subgraphNames } from './read-subgraph-sdl.ts';
export {
  demoPurposeFile,
  permissionsFile,
  supergraphFile,
  trustedDocumentsFile,
} from './supergraph-file.ts';
export {
  documentHash,
  misfitsOf,
  readTrustedDocuments,
  readTrustedManifest,
  type TrustedDocument,
  TrustedDocumentsError,
} from './trusted-documents.ts';
