export {
  type Bilingual,
  bilingual,
  type Finding,
  finding,
  type Place,
  place,
  type Severity,
  severity,
} from './finding.ts';
export { type AnyOf, allOf, meets } from './reading/any-of.ts';
export { readClientSchema } from './reading/client-schema.ts';
export { coordinatesOf } from './reading/coordinates-of.ts';
export { type FieldDecision, readDecisions } from './reading/read-decisions.ts';
export { type RoleAccess, roleAccess } from './reading/role-access.ts';
export { findUndecided } from './rules/find-undecided.ts';
export { findUndescribed } from './rules/find-undescribed.ts';
export { findUnknownWords, sharedOwner } from './rules/find-unknown-words.ts';
export { findUnsizedLists } from './rules/find-unsized-lists.ts';
export { refuseDirectIdentifiers } from './rules/refuse-direct-identifiers.ts';
export { type SdlFile, type SubgraphSource, sdlFile } from './subgraph-source.ts';
