/** How long and how much a test run takes at the most. */
export interface ConformanceLimits {
  /** For one answer. */
  readonly callTimeoutMs: number;
  /** For the whole run; what was not reached is reported as not tried. */
  readonly totalMs: number;
  readonly maxAnswerBytes: number;
  /** How much longer than its deadline an answer may take. */
  readonly deadlineGraceMs: number;
  /** How many keys one call has where it has many. */
  readonly manyKeys: number;
  /** What they may cost beyond twenty times the cost of one. */
  readonly manyKeysFloorMs: number;
}

export const defaultLimits: ConformanceLimits = {
  callTimeoutMs: 15_000,
  totalMs: 300_000,
  maxAnswerBytes: 16 * 1024 * 1024,
  deadlineGraceMs: 2_000,
  manyKeys: 1_000,
  manyKeysFloorMs: 1_000,
};
