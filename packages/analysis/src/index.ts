export { AnalysisError, type AnalysisErrorCode, analysisErrorCodes } from './analysis-error.ts';
export type { FactStore, LoadOrigin } from './fact-store.ts';
export type { FactStoreLimits, FactStoreOptions } from './fact-store-options.ts';
export { FactStoreProblem } from './fact-store-problem.ts';
export { LoadProblem } from './load-problem.ts';
export { openFactStore } from './open-fact-store.ts';
export type {
  AnalysisCell,
  AnalysisQuestion,
  AnalysisTable,
  DimensionValue,
  FactState,
  FigureRequest,
  Period,
} from './question.ts';
