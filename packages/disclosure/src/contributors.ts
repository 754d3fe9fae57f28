/** The set of people (or households) a figure is about, all that the protection needs to know of it. */
export interface Contributors {
  /** How many different ones. */
  readonly count: number;
  /** Sum of their record keys modulo 2^32: the same set has the same key however it was asked for. */
  readonly key: number;
}

/** Whether a question touches a dimension or measure declared sensitive: more contributors are needed. */
export type Sensitivity = 'ORDINARY' | 'SENSITIVE';
