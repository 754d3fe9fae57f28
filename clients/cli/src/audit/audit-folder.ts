import { stat } from 'node:fs/promises';
import { describeFault, EvidenceFaultError, EvidenceProblem } from '@tavolo/evidence';
import { CommandFailure, UsageError } from '../cli-error.ts';

/** Whether there is a folder at all is a matter of the command line, and what is in it is not. */
export async function expectFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory() !== true) throw new UsageError(`${folder} is no folder`);
}

/** Says what the log says of its own faults. */
export async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EvidenceProblem) throw new CommandFailure(error.message);
    if (error instanceof EvidenceFaultError) throw new CommandFailure(describeFault(error.fault));
    throw error;
  }
}

/** A moment with its zone, or a day of UTC. */
export function readMoment(option: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const isMoment = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/u.test(text);
  const moment = new Date(text);
  if (isMoment && !Number.isNaN(moment.getTime())) return moment;
  throw new UsageError(
    `${option} must be a day (2026-11-22, UTC) or a moment with its zone (2026-11-22T10:00:00Z)`,
  );
}
