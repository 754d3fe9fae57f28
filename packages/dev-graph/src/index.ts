export {
  type Composer,
  composeWorkerMark,
  composeWorkerUrl,
  createComposer,
} from './compose/create-composer.ts';
export type { MySubgraph } from './create-recomposition.ts';
export type { DevEvent } from './dev-event.ts';
export { type DevKey, openDevKey, readSigningKey } from './dev-key.ts';
export { type FoundSubgraphs, findSubgraphs } from './find-subgraphs.ts';
export { type Samples, samples } from './mock/samples.ts';
export type { AskRegistry } from './read-registry.ts';
export { type DevGraph, type DevGraphOptions, startDevGraph } from './start-dev-graph.ts';
export type { OtherSubgraph } from './subgraph-files.ts';
