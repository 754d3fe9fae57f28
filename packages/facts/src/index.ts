export type {
  ColumnType,
  Fact,
  FactColumn,
  FactDimension,
  FactMeasure,
  FactRow,
} from './fact.ts';
