import type { Deadline } from '@tavolo/deadline';
import type { Logger } from '@tavolo/process-kit';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { recordOf } from './evidence/record-of.ts';
import type { Admission, Gate, Passage } from './gate/gate.ts';
import { type IdentifiedCaller, isRefusal } from './gate/identify-caller.ts';
import { readQuestion } from './gate/read-question.ts';
import type { StrangerLimit } from './gate/stranger-limit.ts';
import type { Generation } from './generation.ts';
import type { Generations } from './generations.ts';
import { unnamedForm } from './http/answer-form.ts';
import { createCacheRule, notKept } from './http/cache-headers.ts';
import { refusalOfForgery } from './http/csrf.ts';
import { entityTagOf, isKnown } from './http/entity-tag.ts';
import { Exchange } from './http/exchange.ts';
import { headerValues } from './http/header-values.ts';
import { isMutation } from './http/is-mutation.ts';
import { logOperation } from './http/log-operation.ts';
import { negotiate } from './http/negotiate.ts';
import { OperationDeadlines } from './http/operation-deadlines.ts';
import {
  mutationByGet,
  noSupergraph,
  notAcceptable,
  tooManyStrangers,
} from './http/route-refusals.ts';
import { refuse, send, unkept } from './http/send-answer.ts';
import { settleCost } from './http/settle-cost.ts';
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
  const isRecorded = ({ operation }: Exchange) =>
    gate.evidence !== undefined && !operation.isCountedOnly;
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
        // Only a DPoP proof is about it.
        get url() {
          return `${parts.publicUrl ?? `${request.protocol}://${request.host}`}${request.url.replace(/\?.*$/su, '')}`;
        },
        requestId: operation.requestId,
      });
      if (isRefusal(passage)) {
        operation.isCountedOnly = !parts.strangers.admit();
        refuse(reply, exchange, operation.isCountedOnly ? tooManyStrangers : passage);
        return reply;
      }
      operation.passage = passage;
      const refusal =
        refusalOfForgery(request.method, request.headers, publicOrigin) ??
        // Found out afterwards, the institutions would have been asked for an answer that nobody can read.
        (form === undefined ? notAcceptable : undefined);
      if (!refusal) return undefined;
      refuse(reply, exchange, refusal);
      return reply;
    },
    // Returns nothing: a promise of the reply would watch it to its last byte.
    handler: (request, reply) => {
      const exchange = exchangeOf(request);
      const { passage } = exchange.operation;
      if (!passage) throw new Error('an operation that nobody let in');
      parts.generations
        .use(async (generation) => {
          if (generation) await ask(request, reply, exchange, passage, generation);
          else refuse(reply, exchange, noSupergraph);
        })
        .catch((error: unknown) => void reply.send(error));
    },
    // Nothing leaves before it is written down, whatever made it. Without a promise where nothing is waited for.
    onSend: (request, reply, payload, done) => {
      const exchange = exchangeIn(request);
      if (!exchange) {
        done(null, payload);
        return;
      }
      const settled = settleCost(exchange, logger);
      if (settled === undefined && !isRecorded(exchange)) {
        done(null, payload);
        return;
      }
      Promise.resolve(settled)
        .then(() => (isRecorded(exchange) ? keep(request, reply, exchange) : true))
        .then(
          (kept) => done(null, kept ? payload : unkept(reply, exchange)),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
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

  /** Whether the answer may leave. */
  async function keep(
    request: FastifyRequest,
    reply: FastifyReply,
    exchange: Exchange,
  ): Promise<boolean> {
    const record = recordOf(exchange.operation, {
      at: exchange.at,
      path: graphqlPath,
      method: request.method,
      clientIp: request.ip,
      httpStatus: reply.statusCode,
      durationMs: exchange.durationMs,
    });
    return (await gate.evidence?.keep(record)) ?? true;
  }

  async function ask(
    request: FastifyRequest,
    reply: FastifyReply,
    exchange: Exchange,
    passage: Passage,
    generation: Generation,
  ): Promise<void> {
    const { operation } = exchange;
    const { supergraph } = generation;
    const isGet = request.method === 'GET';
    const question = readQuestion(isGet, isGet ? request.query : request.body);
    if (isRefusal(question)) {
      refuse(reply, exchange, question);
      return;
    }
    const { operationName, variables } = question;
    if (isGet && isMutation(question.query ?? '', operationName)) {
      refuse(reply, exchange, mutationByGet);
      return;
    }
    const admission = await gate.admit(passage, question, supergraph, operation.findings);
    if (isRefusal(admission)) {
      refuse(reply, exchange, admission);
      return;
    }
    operation.admission = admission;
    const { query, schemaAnswer } = admission;
    reply.headers(admission.headers);
    if (isGet && query !== question.query && isMutation(query, operationName)) {
      refuse(reply, exchange, mutationByGet);
      return;
    }
    if (schemaAnswer) {
      const text = JSON.stringify({ ...schemaAnswer, extensions: { sources: [] } });
      send(reply, exchange, { kind: 'answered', text });
      return;
    }
    parts.onAdmitted({ admission, operationName, caller: passage.caller, supergraph });
    const answer = await generation.answer({ query, operationName, variables }, operation);
    if (!isGet || question.documentId === undefined) {
      send(reply, exchange, answer);
      return;
    }
    const cacheControl = cacheRule({
      answer,
      admission,
      supergraph,
      persons: operation.counted?.persons ?? 0,
      hasErrors: operation.hasErrors,
    });
    if (cacheControl === notKept) {
      send(reply, exchange, answer);
      return;
    }
    const tag = entityTagOf(answer.text);
    reply
      .header('cache-control', cacheControl)
      .header('vary', 'authorization, accept')
      .header('etag', tag);
    if (isKnown(request.headers['if-none-match'], tag)) reply.code(304).send();
    else send(reply, exchange, answer);
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
