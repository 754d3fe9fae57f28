export {
  type CoordinationTableOptions,
  type RunningCoordinationTable,
  startCoordinationTable,
} from './service.ts';
