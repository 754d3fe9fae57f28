import type { Logger } from '@tavolo/process-kit';
import type { Refusal } from './gate/refusal.ts';

const messages = {
  400: 'The request is not one this server can read, or its body is not JSON',
  413: 'The body is larger than this server reads',
  415: 'The body must be sent as application/json',
} as const;

/** What is said of a request the HTTP server could not read, or of a defect, which the log keeps under the id. */
export function refusalOfHttpError(
  error: { readonly statusCode?: number },
  errorId: string,
  logger: Logger,
): Refusal {
  const status = error.statusCode ?? 500;
  if (status >= 500) {
    logger.error({ err: error, errorId }, 'unexpected error');
    return {
      status: 500,
      code: 'INTERNAL_SERVER_ERROR',
      message: `Something went wrong in the gateway; its log knows it as ${errorId}`,
    };
  }
  if (status === 413) return { status, code: 'PAYLOAD_TOO_LARGE', message: messages[status] };
  if (status === 415) return { status, code: 'BAD_REQUEST', message: messages[status] };
  return { status: 400, code: 'BAD_REQUEST', message: messages[400] };
}
