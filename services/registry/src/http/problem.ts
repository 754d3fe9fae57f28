import { randomUUID } from 'node:crypto';
import { checkReport } from '@tavolo/registry-api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal, type RefusalCode, refusals } from '../refusal.ts';

/** What every refusal looks like (RFC 9457). */
export const problem = z
  .object({
    type: z.string().meta({ description: 'urn:tavolo:registry:problem: and the code' }),
    title: z.string().meta({ description: 'What happened' }),
    status: z.int(),
    // Every key of the table is one: Object.keys forgets it.
    code: z.enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]]),
    detail: z.string().meta({ description: 'What to do' }),
    errors: z
      .array(z.object({ field: z.string(), rule: z.string(), message: z.string() }))
      .optional(),
    report: checkReport
      .optional()
      .meta({ description: 'Of CHECK_REFUSED: what is wrong with the schemas, where and whose' }),
    errorId: z.string().optional().meta({ description: 'To be told to the hub operator' }),
  })
  .meta({ id: 'Problem', description: 'A refusal (RFC 9457); never quotes what was sent.' });

/** Answers a refusal; what is none is logged under an id and kept from the caller. */
export function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const refusal = refusalOf(error);
  if (refusal === null) {
    const errorId = randomUUID();
    request.log.error({ err: error, errorId }, 'a request failed');
    const unavailable = new Refusal('UNAVAILABLE', 'The registry cannot do this now');
    return send(reply, unavailable, errorId);
  }
  if (refusal.cause !== undefined) request.log.error({ err: refusal.cause }, refusal.message);
  request.log.info({ code: refusal.code, route: request.routeOptions.url }, 'refused');
  return send(reply, refusal);
}

function send(reply: FastifyReply, { code, message, fields, report }: Refusal, errorId?: string) {
  const [status, whatToDo] = refusals[code];
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (status === 503) reply.header('retry-after', '5');
  const body: z.infer<typeof problem> = {
    type: `urn:tavolo:registry:problem:${code}`,
    title: message,
    status,
    code,
    detail: whatToDo,
    ...(fields.length > 0 ? { errors: [...fields] } : {}),
    ...(report === undefined ? {} : { report }),
    ...(errorId === undefined ? {} : { errorId }),
  };
  return reply
    .status(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(body);
}

/** Fastify's own messages can quote the request, so only their status is kept. */
function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error) || !('statusCode' in error)) return null;
  const { statusCode } = error;
  if (statusCode === 413) return new Refusal('PAYLOAD_TOO_LARGE', 'The request is too large');
  if (statusCode === 415) {
    return new Refusal('UNSUPPORTED_MEDIA_TYPE', 'The request is in no form the registry reads');
  }
  const isCallers = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  return isCallers ? new Refusal('INVALID', 'The request is not one the registry can read') : null;
}
