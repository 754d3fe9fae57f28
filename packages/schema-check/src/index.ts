export type { Explanation } from './explanations/explanation.ts';
export { findingExplanations } from './explanations/finding-explanations.ts';
export { houseRules } from './explanations/house-rules.ts';
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
export { houseDefinitions } from './house-definitions.ts';
export { schemaLimits } from './limits/measure-text.ts';
export { type AnyOf, allOf, meets } from './reading/any-of.ts';
export { readClientSchema } from './reading/client-schema.ts';
export { coordinatesOf } from './reading/coordinates-of.ts';
export { findUnsafeRequires, type UnsafeRequires } from './reading/find-unsafe-requires.ts';
export { type FieldDecision, readDecisions } from './reading/read-decisions.ts';
export { requiredSelections } from './reading/required-selections.ts';
export { type RoleAccess, roleAccess } from './reading/role-access.ts';
export { sharedOwner } from './rules/find-unknown-words.ts';
export { type SdlFile, type SubgraphSource, sdlFile } from './subgraph-source.ts';
