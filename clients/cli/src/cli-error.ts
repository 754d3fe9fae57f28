import type { ExitCode } from './cli-surroundings.ts';
import { printable } from './terminal/printable.ts';

/** The command was written wrongly: exit code 2. The message may be shown. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command could not do its work: exit code 1. The message may be shown: it names files, columns and rules. */
export class CommandFailure extends Error {
  override readonly name: string = 'CommandFailure';
  /** What a program reads under `--json`; null = the message is all there is. */
  readonly report: object | null = null;
}

/** Nobody answered in time, or nobody could answer now: exit code 3, so that a program may try again later. */
export class NotReached extends CommandFailure {
  override readonly name = 'NotReached';
  override readonly report: object;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.report = { error: { code: 'NOT_REACHED', message } };
  }
}

/** What may be said of any error: others' messages quote what they stumbled on, so only their codes are. */
export function sayError(error: unknown): string {
  if (error instanceof UsageError || error instanceof CommandFailure) {
    return printable(error.message);
  }
  return `unexpected failure (${codeOf(error)})`;
}

/** How the command ends for it. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return 2;
  return error instanceof NotReached ? 3 : 1;
}

/** `ENOENT`, `CSV_MAX_RECORD_SIZE`; the error's class when it has no code. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
