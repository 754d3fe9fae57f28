export { canonicalJson, sha256Hex } from './canonical-json.ts';
export {
  type Combination,
  type CombinedCell,
  combinations,
  combineCells,
  emptyCell,
} from './combine-cells.ts';
export {
  type AbsenceReason,
  absenceReasons,
  type FigureArea,
  figureAreas,
  type IndicatorDirection,
  type IndicatorUnit,
  indicatorDirections,
  indicatorUnits,
} from './indicator-words.ts';
export {
  compareWithPrevious,
  isOfSmallNumbers,
  type TargetState,
  type Trend,
  targetState,
} from './judge-figure.ts';
export {
  importSigningKey,
  publicHalf,
  type ReportPublicKey,
  type ReportSigningKey,
  reportPublicKey,
  reportSigningKey,
} from './report-key.ts';
export { type ReportOutputs, renderOutputs, sealOf } from './seal-report.ts';
export { openSignature, type ReportSeal, signReport } from './sign-report.ts';
export {
  type FrozenDefinition,
  type FrozenValue,
  type ReportSnapshot,
  rendererVersion,
  reportSnapshot,
} from './snapshot.ts';
export {
  type CheckResult,
  type ReportCheck,
  type ReportVerdict,
  type StoredReport,
  verifyReport,
} from './verify-report.ts';
