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
export { type SdlFile, type SubgraphSource, sdlFile } from './subgraph-source.ts';
