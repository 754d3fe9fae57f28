export { type Cell, type CellStatus, cellStatuses } from './cell.ts';
export type { Contributors, Sensitivity } from './contributors.ts';
export type { Disclosure, FigureRules } from './disclosure.ts';
