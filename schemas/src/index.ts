export type { AnyOf } from './any-of.ts';
export { boundariesTopology } from './boundaries.ts';
export { readClientSchema } from './client-schema.ts';
export { coordinatesOf } from './coordinates-of.ts';
export { createDemoPurposes, type DemoPurpose } from './demo-purposes.ts';
export { sharedOwner } from './find-unknown-words.ts';
export { type FoundingDocument, readFoundingDocument } from './founding-page.ts';
export {
  type District,
  type Municipality,
  municipalities,
  municipalityByIstatCode,
} from './municipalities.ts';
export { type FieldDecision, readDecisions } from './read-decisions.ts';
export { readExamples } from './read-examples.ts';
export { readFacts } from './read-facts.ts';
export { readSubgraphSdl, type SubgraphName, subgraphNames } from './read-subgraph-sdl.ts';
export { type RoleAccess, roleAccess } from './role-access.ts';
export {
  demoPurposeFile,
  permissionsFile,
  supergraphFile,
  trustedDocumentsFile,
} from './supergraph-file.ts';
export {
  documentHash,
  readTrustedDocuments,
  type TrustedDocument,
  TrustedDocumentsError,
} from './trusted-documents.ts';
