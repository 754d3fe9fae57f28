import { type CheckReport, checkReport } from '@tavolo/registry-api';
import { z } from 'zod';
import { CommandFailure } from '../cli-error.ts';

/** RFC 9457 as the registry writes it; what is missing or new does not hide the rest. */
const problem = z.object({
  code: z.string().max(100),
  title: z.string().catch('it gives no reason'),
  /** The person index says all of it here. */
  message: z.string().optional().catch(undefined),
  detail: z.string().catch(''),
  errors: z
    .array(z.object({ field: z.string(), message: z.string() }))
    .max(1_000)
    .catch([]),
  report: checkReport.nullish().catch(null),
});

/** The registry said no, and why. */
export class RegistryRefusal extends CommandFailure {
  override readonly name = 'RegistryRefusal';
  readonly status: number;
  readonly code: string;
  /** Of a publication that the checks refused. */
  readonly checks: CheckReport | null;
  override readonly report: object;

  constructor(whom: string, status: number, read: z.infer<typeof problem>, advice: string) {
    const fields = read.errors.slice(0, 20).map(({ field, message }) => `\n  ${field}: ${message}`);
    super(
      `${whom} says ${read.code}: ${sentence(read.title)} ${sentence(read.detail)}${fields.join('')}${advice}\nMore: tavolo explain ${read.code}`,
    );
    this.status = status;
    this.code = read.code;
    this.checks = read.report ?? null;
    const { report, ...error } = read;
    this.report = { error: { status, ...error }, ...(report ? { report } : {}) };
  }
}

/** Reads a refusal; null when what came is none, as an HTML page of a proxy. */
export function readProblem(text: string): z.infer<typeof problem> | null {
  try {
    return problem.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

const sentence = (text: string): string => (/[^.!?]$/u.test(text) ? `${text}.` : text);
