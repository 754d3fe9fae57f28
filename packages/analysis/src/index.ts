export type { FactStore, LoadOrigin } from './fact-store.ts';
export type {
  AnalysisCell,
  AnalysisQuestion,
  AnalysisTable,
  DimensionValue,
  FactState,
  FigureRequest,
  Period,
} from './question.ts';
