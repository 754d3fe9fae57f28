export {
  type AnalysisNames,
  analysisNames,
  analysisTypeNames,
  type MeasureNames,
  percentiles,
  timeLevels,
} from './analysis-names.ts';
export { analysisSdl, analysisWithoutFactsSdl, furtherAnalysisSdl } from './analysis-sdl.ts';
export type {
  ColumnType,
  Fact,
  FactColumn,
  FactDimension,
  FactMeasure,
  FactRow,
  ListOnPath,
  OnlyItems,
  PathStart,
} from './fact.ts';
export { FactError, type FactProblem } from './fact-error.ts';
export { createFactGraph, type FactGraph, type FieldOwnership } from './fact-graph.ts';
export { factDocumentHash, readFact } from './read-fact.ts';
export { readFacts } from './read-facts.ts';
export { type FactPage, flattenPage, pageInfoOf, readPage } from './read-page.ts';
