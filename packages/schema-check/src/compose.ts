/**
 * What needs the composer, apart from the package's front door: whoever only reads findings or schemas
 * (a gateway, a service, the CLI) does not load it.
 */

export { type FoundChange, findChanges } from './changes/find-changes.ts';
export {
  type AskedOperation,
  type ChangeUse,
  findSchemaChanges,
  type GraphsToCompare,
  type JudgedChange,
} from './changes/find-schema-changes.ts';
export {
  checkSubgraphs,
  type SubgraphsChecked,
  type SubgraphsToCheck,
} from './check-subgraphs.ts';
export { type Composition, composeSubgraphs } from './compose-subgraphs.ts';
export { applyContract, ContractError, type ContractTags } from './contract/apply-contract.ts';
export type { Waiver } from './waive.ts';
