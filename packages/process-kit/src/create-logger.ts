import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * A JSON logger that cannot carry a request's content: bodies, variables, headers and query strings are
 * dropped by the serializers, and an error is its type, code, message and stack only when it is ours to log.
 */
export function createLogger({
  name,
  level,
}: {
  readonly name: string;
  readonly level: string;
}): Logger {
  return pino({
    name,
    level,
    base: { name },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { req: onlyMethod, res: onlyStatus, err: errorWithoutContent },
  });
}

function onlyMethod(request: unknown): object {
  const method = (request as { method?: unknown }).method; // Fastify hands its own request object
  return { method };
}

function onlyStatus(reply: unknown): object {
  const statusCode = (reply as { statusCode?: unknown }).statusCode; // Fastify hands its own reply object
  return { statusCode };
}

/**
 * A database or parser error's message may quote the row it failed on, so only its type, code and the
 * frames of the stack are kept.
 */
function errorWithoutContent(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 12)
    .map((line) => line.trim());
  return { type: error.name, code, frames };
}
