import type { Deadline } from '@tavolo/deadline';
import type { Logger } from '@tavolo/process-kit';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { recordOf } from './evidence/record-of.ts';
import type { Admission, Gate, Passage } from './gate/gate.ts';
import { type IdentifiedCaller, isRefusal } from './gate/identify-caller.ts';
import { readQuestion } from './gate/read-question.ts';
import type { Refusal } from './gate/refusal.ts';
import type { StrangerLimit } from './gate/stranger-limit.ts';
import type { Generation } from './generation.ts';
import type { Generations } from './generations.ts';
import { unnamedForm } from './http/answer-form.ts';
import { createCacheRule, notKept } from './http/cache-headers.ts';
import { refusalOfForgery } from './http/csrf.ts';
import { entityTagOf, isKnown } from './http/entity-tag.ts';
import { Exchange } from './http/exchange.ts';
import type { GraphqlAnswer } from './http/graphql-answer.ts';
import { headerValues } from './http/header-values.ts';
import { isMutation } from './http/is-mutation.ts';
import { logOperation } from './http/log-operation.ts';
import { negotiate } from './http/negotiate.ts';
import { OperationDeadlines } from './http/operation-deadlines.ts';
import {
  evidenceNotKept,
  mutationByGet,
  noSupergraph,
  notAcceptable,
  tooManyStrangers,
} from './http/route-refusals.ts';
import { statusOf, statusOfRefusal } from './http/status-of.ts';
import { refusalBody } from './refusal-body.ts';
import { refusalOfHttpError } from './refusal-of-http-error.ts';
import type { Supergraph } from './supergraph/read-supergraph.ts';

/** What the GraphQL route needs of the gateway around it. */
export interface GraphqlRouteParts {
  readonly generations: Generations;
  readonly gate: Gate;
  /** Bounds the records of those who are nobody. */
  readonly strangers: StrangerLimit;
  readonly operationTimeoutMs: number;
  /** Operations under way, so that a shutdown can end those that take too long. */
  readonly underWay: Set<Deadline>;
  /** Hears of every operation that is run, before it is. */
  readonly onAdmitted: (admitted: AdmittedOperation) => void;
  readonly now: () => Date;
  /** What clients call the gateway, without a path; what they wrote, unless told. */
  readonly publicUrl: string | undefined;
  readonly logger: Logger;
}

/** An operation the gate has let pass, and the graph it was let pass with. */
export interface AdmittedOperation {
  readonly admission: Admission;
  readonly operationName: string | undefined;
  readonly caller: IdentifiedCaller | null;
  readonly supergraph: Supergraph;
}

/** Told as it is here: what a client writes in its place, such as `%67raphql`, is its own text. */
const graphqlPath = '/graphql';

/** `GET` and `POST /graphql`: one operation a request, one record of evidence and one log line an operation. */
export function registerGraphqlRoute(app: FastifyInstance, parts: GraphqlRouteParts): void {
  const { gate, logger, now, underWay } = parts;
  const publicOrigin = parts.publicUrl === undefined ? undefined : new URL(parts.publicUrl).origin;
  const cacheRule = createCacheRule();
  const deadlines = new OperationDeadlines(parts.operationTimeoutMs);
  app.decorateRequest(exchangeKey, null);

  app.route({
    method: ['GET', 'POST'],
    url: graphqlPath,
    exposeHeadRoute: false,
    errorHandler: (error: FastifyError, request, reply) => {
      const exchange = exchangeOf(request);
      refuse(reply, exchange, refusalOfHttpError(error, exchange.operation.requestId, logger));
    },
    // Before the body is read: a stranger costs a look at a header.
    onRequest: async (request, reply) => {
      const form = negotiate(request.headers.accept);
      const deadline = deadlines.start();
      const exchange = new Exchange(deadline, now(), form ?? unnamedForm);
      const { operation } = exchange;
      request.setDecorator(exchangeKey, exchange);
      underWay.add(deadline);
      reply.header('x-request-id', operation.requestId).header('cache-control', notKept);
      reply.raw.on('close', () => {
        if (!reply.raw.writableFinished) deadline.abort('CANCELLED');
        deadline.release();
        underWay.delete(deadline);
      });
      const passage = await gate.identify({
        authorization: headerValues(request.raw, 'authorization'),
        dpop: headerValues(request.raw, 'dpop'),
        method: request.method,
        url: `${parts.publicUrl ?? `${request.protocol}://${request.host}`}${pathOf(request.url)}`,
        requestId: operation.requestId,
      });
      if (isRefusal(passage)) {
        operation.isCountedOnly = !parts.strangers.admit();
        return refuse(reply, exchange, operation.isCountedOnly ? tooManyStrangers : passage);
      }
      operation.passage = passage;
      const refusal = refusalOfForgery(request.method, request.headers, publicOrigin);
      if (refusal) return refuse(reply, exchange, refusal);
      // Found out afterwards, the institutions would have been asked for an answer that nobody can read.
      if (form === undefined) return refuse(reply, exchange, notAcceptable);
      return undefined;
    },
    handler: async (request, reply) => {
      const exchange = exchangeOf(request);
      const { passage } = exchange.operation;
      if (!passage) throw new Error('an operation that nobody let in');
      return parts.generations.use((generation) =>
        generation
          ? ask(request, reply, exchange, passage, generation)
          : Promise.resolve(refuse(reply, exchange, noSupergraph)),
      );
    },
    // Nothing leaves before it is written down, whatever made it.
    onSend: async (request, reply, payload) => {
      const exchange = exchangeIn(request);
      if (!exchange) return payload;
      const { operation } = exchange;
      await settle(exchange, logger);
      if (!gate.evidence || operation.isCountedOnly) return payload;
      const kept = await gate.evidence.keep(
        recordOf(operation, {
          at: exchange.at,
          path: graphqlPath,
          method: request.method,
          clientIp: request.ip,
          httpStatus: reply.statusCode,
          durationMs: exchange.durationMs,
        }),
      );
      if (kept) return payload;
      for (const name of ['content-length', 'etag', 'vary']) reply.removeHeader(name);
      reply
        .status(evidenceNotKept.status)
        .header('cache-control', notKept)
        .header('content-type', exchange.form.contentType);
      return JSON.stringify(refusalBody(evidenceNotKept, operation.requestId));
    },
    onResponse: (request, reply, done) => {
      const exchange = exchangeIn(request);
      // Nor a log line: the disk is the same.
      if (exchange && !exchange.operation.isCountedOnly) {
        logOperation(logger, exchange, reply.statusCode);
      }
      done();
    },
  });

  async function ask(
    request: FastifyRequest,
    reply: FastifyReply,
    exchange: Exchange,
    passage: Passage,
    generation: Generation,
  ): Promise<FastifyReply> {
    const { operation } = exchange;
    const { supergraph } = generation;
    const isGet = request.method === 'GET';
    const question = readQuestion(isGet, isGet ? request.query : request.body);
    if (isRefusal(question)) return refuse(reply, exchange, question);
    const { operationName, variables } = question;
    if (isGet && isMutation(question.query ?? '', operationName)) {
      return refuse(reply, exchange, mutationByGet);
    }
    const admission = await gate.admit(passage, question, supergraph, operation.findings);
    if (isRefusal(admission)) return refuse(reply, exchange, admission);
    operation.admission = admission;
    const { query, schemaAnswer } = admission;
    reply.headers(admission.headers);
    if (isGet && query !== question.query && isMutation(query, operationName)) {
      return refuse(reply, exchange, mutationByGet);
    }
    if (schemaAnswer) {
      const text = JSON.stringify({ ...schemaAnswer, extensions: { sources: [] } });
      return send(reply, exchange, { kind: 'answered', text });
    }
    parts.onAdmitted({ admission, operationName, caller: passage.caller, supergraph });
    const answer = await generation.answer({ query, operationName, variables }, operation);
    if (!isGet || question.documentId === undefined) return send(reply, exchange, answer);
    const cacheControl = cacheRule({
      answer,
      admission,
      supergraph,
      persons: operation.counted?.persons ?? 0,
      hasErrors: operation.hasErrors,
    });
    if (cacheControl === notKept) return send(reply, exchange, answer);
    const tag = entityTagOf(answer.text);
    reply
      .header('cache-control', cacheControl)
      .header('vary', 'authorization, accept')
      .header('etag', tag);
    return isKnown(request.headers['if-none-match'], tag)
      ? reply.code(304).send()
      : send(reply, exchange, answer);
  }
}

const exchangeKey = 'exchange';

/** `null` before the route's first hook: of a request that was refused earlier. */
function exchangeIn(request: FastifyRequest): Exchange | null {
  return request.getDecorator<Exchange | null>(exchangeKey);
}

function exchangeOf(request: FastifyRequest): Exchange {
  const exchange = exchangeIn(request);
  if (!exchange) throw new Error('a request that no hook has seen');
  return exchange;
}

function send(reply: FastifyReply, exchange: Exchange, answer: GraphqlAnswer): FastifyReply {
  return reply
    .code(statusOf(answer, exchange.form))
    .header('content-type', exchange.form.contentType)
    .send(answer.text);
}

function refuse(reply: FastifyReply, exchange: Exchange, refusal: Refusal): FastifyReply {
  const { operation, form } = exchange;
  operation.refusal = refusal;
  return reply
    .code(statusOfRefusal(refusal, form))
    .headers(refusal.headers ?? {})
    .header('content-type', form.contentType)
    .send(JSON.stringify(refusalBody(refusal, operation.requestId)));
}

/** Counts what the operation cost in place of what was expected; a count that fails keeps the expected. */
async function settle({ operation }: Exchange, logger: Logger): Promise<void> {
  const { admission, counted } = operation;
  if (!admission) return;
  try {
    await admission.settle(counted?.cost ?? 0);
  } catch (error) {
    logger.warn({ requestId: operation.requestId, err: error }, 'cost not settled');
  }
}

function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
