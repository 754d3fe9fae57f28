import { errorCodes } from './error-codes.ts';
import type { Refusal } from './gate/refusal.ts';

/** A refusal as clients see it: code, coordinate, the id that log and evidence know it by, what to do. */
export function refusalBody(refusal: Refusal, errorId: string): object {
  const { code, reason, coordinate, message } = refusal;
  return {
    errors: [
      {
        message,
        extensions: {
          code,
          ...(reason === undefined ? {} : { reason }),
          ...(coordinate === undefined ? {} : { coordinate }),
          errorId,
          advice: errorCodes[code].advice,
        },
      },
    ],
    extensions: { sources: [] },
  };
}
