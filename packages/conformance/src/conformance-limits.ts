/** How long and how much a test run takes at the most. */
export interface ConformanceLimits {
  /** For one answer. */
  readonly callTimeoutMs: number;
  /** For the whole run; what was not reached is reported as not tried. */
  readonly totalMs: number;
  readonly maxAnswerBytes: number;
  /** How much longer than its deadline an answer may take. */
  readonly deadlineGraceMs: number;
  /** What 1,000 keys may cost beyond twenty times the cost of one. */
  readonly thousandKeysFloorMs: number;
}

export const defaultLimits: ConformanceLimits = {
  callTimeoutMs: 15_000,
  totalMs: 300_000,
  maxAnswerBytes: 16 * 1024 * 1024,
  deadlineGraceMs: 2_000,
  thousandKeysFloorMs: 1_000,
};
