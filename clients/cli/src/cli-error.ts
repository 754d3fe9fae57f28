/** The command was written wrongly: exit code 2. The message may be shown. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command could not do its work: exit code 1. The message may be shown: it names files, columns and rules. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}

/** What may be said of any error: others' messages quote what they stumbled on, so only their codes are. */
export function sayError(error: unknown): string {
  if (error instanceof UsageError || error instanceof CommandFailure) return error.message;
  return `unexpected failure (${codeOf(error)})`;
}

/** `ENOENT`, `CSV_MAX_RECORD_SIZE`; the error's class when it has no code. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
