import type { FastifyReply } from 'fastify';
import type { Refusal } from '../gate/refusal.ts';
import { refusalBody } from '../refusal-body.ts';
import { notKept } from './cache-headers.ts';
import type { Exchange } from './exchange.ts';
import type { GraphqlAnswer } from './graphql-answer.ts';
import { evidenceNotKept } from './route-refusals.ts';
import { statusOf, statusOfRefusal } from './status-of.ts';

/** An answer, as its asker wants it. */
export function send(reply: FastifyReply, exchange: Exchange, answer: GraphqlAnswer): void {
  reply
    .code(statusOf(answer, exchange.form))
    .header('content-type', exchange.form.contentType)
    .send(answer.text);
}

/** A refusal, which log and evidence will tell of. */
export function refuse(reply: FastifyReply, exchange: Exchange, refusal: Refusal): void {
  const { operation, form } = exchange;
  operation.refusal = refusal;
  reply
    .code(statusOfRefusal(refusal, form))
    .headers(refusal.headers ?? {})
    .header('content-type', form.contentType)
    .send(JSON.stringify(refusalBody(refusal, operation.requestId)));
}

/** The body of an answer whose record could not be kept. */
export function unkept(reply: FastifyReply, { form, operation }: Exchange): string {
  for (const name of ['content-length', 'etag', 'vary']) reply.removeHeader(name);
  reply
    .status(evidenceNotKept.status)
    .header('cache-control', notKept)
    .header('content-type', form.contentType);
  return JSON.stringify(refusalBody(evidenceNotKept, operation.requestId));
}
