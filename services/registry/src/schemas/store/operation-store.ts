import type {
  FieldUse,
  OperationReceipt,
  OperationReport,
  PopularOperations,
} from '@tavolo/registry-api';

/** How much is remembered of what is asked. */
export const operationLimits = {
  days: 90,
  /** Different questions of one consumer on one day; further ones of that day are not counted. */
  aConsumerADay: 2_000,
  /** For how long a report is known again. */
  reportDays: 2,
} as const;

/** What was asked, by whom and how often; no values. */
export interface OperationReader {
  /** Those asked most, most first. */
  popular(first: number): Promise<PopularOperations['operations']>;
  /** Who asked for each of these fields; fields nobody asked for are absent. */
  usage(coordinates: readonly string[]): Promise<ReadonlyMap<string, readonly FieldUse[]>>;
}

/** Kept apart from the changes of the registry: no decision, no evidence, no lock. */
export interface OperationStore extends OperationReader {
  /** Counts a report once, however often it comes. */
  record(report: OperationReport, now: Date): Promise<OperationReceipt>;
  /** Forgets what is too old. */
  prune(now: Date): Promise<void>;
}
