import type { OperationRecord } from '@tavolo/evidence';
import type { Flood } from '../gate/stranger-limit.ts';

/** Where every operation is written down before its answer leaves. */
export interface Evidence {
  /**
   * Resolves to whether the answer may leave: false when the record could not be kept and the configuration
   * says that nothing unrecorded is answered.
   */
  keep(record: OperationRecord): Promise<boolean>;
  /** Writes down that a minute brought more strangers than are recorded each. */
  noteFlood(flood: Flood): void;
  /** Whether the last record was kept; the health page says so. */
  readonly isKeeping: boolean;
  close(): Promise<void>;
}
