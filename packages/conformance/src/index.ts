export { type ConformanceLimits, defaultLimits } from './conformance-limits.ts';
export { conformanceExplanations, conformancePromises } from './conformance-promises.ts';
export { type ConformanceReport, conformanceReport } from './conformance-report.ts';
export { diffSdl } from './diff-sdl.ts';
export type { EntityKey, EntityKeys } from './entity-keys.ts';
export {
  type ConformanceOptions,
  type ConformanceStep,
  runConformance,
} from './run-conformance.ts';
