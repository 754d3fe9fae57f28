export {
  type District,
  type Municipality,
  municipalities,
  municipalityByIstatCode,
} from './municipalities.ts';
export { readSubgraphSdl, type SubgraphName, subgraphNames } from './read-subgraph-sdl.ts';
export { supergraphFile } from './supergraph-file.ts';
