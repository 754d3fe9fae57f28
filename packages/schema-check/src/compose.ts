/**
 * What needs the composer, apart from the package's front door: whoever only reads findings or schemas
 * (a gateway, a service, the CLI) does not load it.
 */
export {
  checkSubgraphs,
  type SubgraphsChecked,
  type SubgraphsToCheck,
} from './check-subgraphs.ts';
export { type Composition, composeSubgraphs } from './compose-subgraphs.ts';
export type { Waiver } from './waive.ts';
