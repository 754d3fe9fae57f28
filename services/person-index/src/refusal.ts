import { randomUUID } from 'node:crypto';
import type { HubErrorCode } from '@tavolo/subgraph-kit';
import type { FastifyReply } from 'fastify';

const STATUS: Readonly<Record<HubErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  PAYLOAD_TOO_LARGE: 413,
  UNAVAILABLE: 503,
};

const MESSAGE: Readonly<Record<HubErrorCode, string>> = {
  BAD_USER_INPUT: 'The request is not one this index can read',
  UNAUTHENTICATED: 'A bearer token is needed',
  FORBIDDEN: 'Not allowed',
  NOT_FOUND: 'There is nothing at this address',
  PAYLOAD_TOO_LARGE: 'The request is larger than 1 MB',
  UNAVAILABLE: 'The index cannot write now; nothing of this request was kept',
};

/** Why a request is not taken; the message names fields and rules, never a value. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: HubErrorCode;

  constructor(code: HubErrorCode, message: string = MESSAGE[code]) {
    super(message);
    this.code = code;
  }
}

/** Answers `{ code, message }`; whatever is not a refusal is logged under an id and kept from the caller. */
export async function answerRefusal(
  error: unknown,
  reply: FastifyReply,
  logError: (failure: { err: unknown; errorId: string }) => void,
): Promise<FastifyReply> {
  const refusal = refusalOf(error);
  if (refusal !== null) {
    return reply
      .status(STATUS[refusal.code])
      .send({ code: refusal.code, message: refusal.message });
  }
  // What is left is the database, which may be back in a moment.
  const errorId = randomUUID();
  logError({ err: error, errorId });
  return reply
    .status(STATUS.UNAVAILABLE)
    .header('retry-after', '5')
    .send({ code: 'UNAVAILABLE', message: MESSAGE.UNAVAILABLE, errorId });
}

/** Fastify's own messages can quote the body, so only their status is kept. */
function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (isDataError(error)) return new Refusal('BAD_USER_INPUT');
  if (!(error instanceof Error) || !('statusCode' in error)) return null;
  if (error.statusCode === 413) return new Refusal('PAYLOAD_TOO_LARGE');
  const isCallers =
    typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500;
  return isCallers ? new Refusal('BAD_USER_INPUT') : null;
}

/** SQLSTATE class 22: the database understood the value and refuses it; sending it again cannot help. */
function isDataError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^22[0-9A-Z]{3}$/.test(String(error.code));
}
