import type { FastifyReply, FastifyRequest } from 'fastify';
import { HubError } from './errors.ts';

/** How long the gateway waits for the answer, in milliseconds. */
export const deadlineHeader = 'x-deadline-ms';
const longestMs = 30_000;
const usualMs = 10_000;

/** Aborted when nobody waits for this answer any more: the gateway's time is over, or it hung up. */
export function deadlineOf(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const given = Number(request.headers[deadlineHeader] ?? usualMs);
  const ms = Number.isFinite(given) ? Math.min(Math.max(given, 1), longestMs) : usualMs;
  const timer = setTimeout(() => controller.abort('TIMEOUT'), ms);
  reply.raw.once('close', () => {
    clearTimeout(timer);
    controller.abort('CANCELLED');
  });
  return controller.signal;
}

/** The outcome of `work`, or UNAVAILABLE as soon as nobody waits for it; what has not begun does not begin. */
export async function untilDeadline<Result>(
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  const tooLate = () =>
    new HubError('UNAVAILABLE', 'The time given for this question was over before it was answered');
  if (signal.aborted) throw tooLate();
  return new Promise<Result>((resolve, reject) => {
    const stop = () => reject(tooLate());
    signal.addEventListener('abort', stop, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}
