/** Why a question may not be asked; stable, for whoever switches on it. */
export const analysisErrorCodes = [
  'UNKNOWN_FACT',
  'UNKNOWN_DIMENSION',
  'UNKNOWN_MEASURE',
  'UNKNOWN_LIMIT',
  'WRONG_VALUE',
  'TOO_MANY_DIMENSIONS',
  'ONE_WAY_DIMENSION',
  'WRONG_PERIOD',
  'TOO_MANY_FIGURES',
  'TOO_MANY_CELLS',
  'TOO_BUSY',
] as const;

export type AnalysisErrorCode = (typeof analysisErrorCodes)[number];

/** A question that is not answered: its message names fact, dimension and rule, never a value or a text of the caller. */
export class AnalysisError extends Error {
  readonly code: AnalysisErrorCode;

  constructor(code: AnalysisErrorCode, message: string) {
    super(message);
    this.name = 'AnalysisError';
    this.code = code;
  }
}
