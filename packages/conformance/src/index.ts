export { type ConformanceReport, conformanceReport } from './conformance-report.ts';
