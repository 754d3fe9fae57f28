import type { HeaderValue } from '@tavolo/access-token';
import { createDeadline, type Deadline } from '@tavolo/deadline';
import type { Logger } from '@tavolo/process-kit';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { recordOf } from './evidence/record-of.ts';
import type { Admission, Gate } from './gate/gate.ts';
import { type IdentifiedCaller, isRefusal } from './gate/identify-caller.ts';
import { readQuestion } from './gate/read-question.ts';
import type { Refusal } from './gate/refusal.ts';
import type { StrangerLimit } from './gate/stranger-limit.ts';
import type { Generations } from './generations.ts';
import { createOperationContext, type OperationContext } from './operation-context.ts';
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

interface Exchange {
  readonly operation: OperationContext;
  readonly deadline: Deadline;
  readonly startedAt: number;
  readonly at: Date;
}

/** `GET` and `POST /graphql`: one operation a request, one record of evidence and one log line an operation. */
export function registerGraphqlRoute(app: FastifyInstance, parts: GraphqlRouteParts): void {
  const { gate, logger, now } = parts;
  const exchanges = new WeakMap<FastifyRequest, Exchange>();

  app.route({
    method: ['GET', 'POST'],
    url: graphqlPath,
    exposeHeadRoute: false,
    errorHandler: (error: FastifyError, request, reply) => {
      const { operation } = exchangeOf(request);
      refuse(reply, operation, refusalOfHttpError(error, operation.requestId, logger));
    },
    // Before the body is read: a stranger costs a look at a header.
    onRequest: async (request, reply) => {
      const deadline = createDeadline(parts.operationTimeoutMs);
      const operation = createOperationContext(deadline);
      exchanges.set(request, {
        operation,
        deadline,
        startedAt: performance.now(),
        at: now(),
      });
      parts.underWay.add(deadline);
      reply.headers({ 'x-request-id': operation.requestId, 'cache-control': 'no-store' });
      reply.raw.once('close', () => {
        if (!reply.raw.writableFinished) deadline.abort('CANCELLED');
        deadline.release();
        parts.underWay.delete(deadline);
      });
      const passage = await gate.identify({
        authorization: headerOf(request, 'authorization'),
        dpop: headerOf(request, 'dpop'),
        method: request.method,
        url: `${parts.publicUrl ?? `${request.protocol}://${request.host}`}${pathOf(request)}`,
        requestId: operation.requestId,
      });
      if (isRefusal(passage)) {
        operation.isCountedOnly = !parts.strangers.admit();
        return refuse(reply, operation, operation.isCountedOnly ? tooManyStrangers : passage);
      }
      operation.passage = passage;
      return undefined;
    },
    handler: async (request, reply) => {
      const { operation } = exchangeOf(request);
      const { passage } = operation;
      if (!passage) throw new Error('an operation that nobody let in');
      return parts.generations.use(async (generation) => {
        if (!generation) return refuse(reply, operation, noSupergraph);
        const question = readQuestion(request);
        if (isRefusal(question)) return refuse(reply, operation, question);
        const admission = await gate.admit(
          passage,
          question,
          generation.supergraph,
          operation.findings,
        );
        if (isRefusal(admission)) return refuse(reply, operation, admission);
        operation.admission = admission;
        reply.headers(admission.headers);
        if (admission.schemaAnswer) {
          return reply
            .type('application/json; charset=utf-8')
            .send({ ...admission.schemaAnswer, extensions: { sources: [] } });
        }
        parts.onAdmitted({
          admission,
          operationName: question.operationName,
          caller: passage.caller,
          supergraph: generation.supergraph,
        });
        const answer = await generation.answer(
          {
            query: admission.query,
            operationName: question.operationName,
            variables: question.variables,
          },
          operation,
        );
        return reply
          .status(answer.kind === 'answered' ? 200 : 400)
          .type('application/json; charset=utf-8')
          .send(answer.text);
      });
    },
    // Nothing leaves before it is written down, whatever made it.
    onSend: async (request, reply, payload) => {
      const exchange = exchanges.get(request);
      if (!exchange) return payload;
      const { operation } = exchange;
      await settle(operation, logger);
      if (!gate.evidence || operation.isCountedOnly) return payload;
      const kept = await gate.evidence.keep(
        recordOf(operation, {
          at: exchange.at,
          path: graphqlPath,
          method: request.method,
          clientIp: request.ip,
          httpStatus: reply.statusCode,
          durationMs: performance.now() - exchange.startedAt,
        }),
      );
      if (kept) return payload;
      reply.status(503).removeHeader('content-length');
      reply.header('content-type', 'application/json; charset=utf-8');
      return JSON.stringify(refusalBody(notKept, operation.requestId));
    },
    onResponse: async (request, reply) => {
      const exchange = exchanges.get(request);
      // Nor a log line: the disk is the same.
      if (!exchange || exchange.operation.isCountedOnly) return;
      logOperation(logger, exchange, reply.statusCode);
    },
  });

  function exchangeOf(request: FastifyRequest): Exchange {
    const exchange = exchanges.get(request);
    if (!exchange) throw new Error('a request that no hook has seen');
    return exchange;
  }
}

const tooManyStrangers: Refusal = {
  status: 429,
  code: 'RATE_LIMITED',
  reason: 'STRANGERS',
  message: 'Too many requests without a valid token and purpose reach this gateway',
  headers: { 'retry-after': '60' },
};

const noSupergraph: Refusal = {
  status: 503,
  code: 'NO_SUPERGRAPH',
  message: 'This gateway waits for the first supergraph of the registry: nothing was published yet',
  headers: { 'retry-after': '5' },
};

const notKept: Refusal = {
  status: 503,
  code: 'EVIDENCE_UNAVAILABLE',
  message: 'The evidence of this question could not be kept, so it is not answered',
};

function refuse(reply: FastifyReply, operation: OperationContext, refusal: Refusal): FastifyReply {
  operation.refusal = refusal;
  return reply
    .status(refusal.status)
    .headers(refusal.headers ?? {})
    .type('application/json; charset=utf-8')
    .send(refusalBody(refusal, operation.requestId));
}

/** Counts what the operation cost in place of what was expected; a count that fails keeps the expected. */
async function settle(operation: OperationContext, logger: Logger): Promise<void> {
  const { admission, counted } = operation;
  if (!admission) return;
  await admission.settle(counted?.cost ?? 0).catch((error: unknown) => {
    logger.warn({ requestId: operation.requestId, err: error }, 'cost not settled');
  });
}

/** Never the query, its variables or its answer: only what cannot speak of a person. */
function logOperation(logger: Logger, exchange: Exchange, httpStatus: number): void {
  const { operation, startedAt } = exchange;
  const { requestId, findings, passage, refusal, calls, counted } = operation;
  const caller = passage?.caller;
  logger.info(
    {
      requestId,
      operation: findings.isTrusted ? findings.operationName : null,
      documentHash: findings.document?.hash.slice(0, 16),
      organisation: caller?.organisation,
      purposeId: caller?.purpose.id,
      ms: Math.round(performance.now() - startedAt),
      status: httpStatus >= 400 ? 'refused' : operation.hasErrors ? 'partial' : 'answered',
      code: refusal?.code,
      httpStatus,
      cost: counted?.cost,
      calls,
    },
    'operation',
  );
}

/** As often as it was sent: Node's own list keeps the first of several and is silent about the others. */
function headerOf(request: FastifyRequest, name: string): HeaderValue {
  const values = request.raw.headersDistinct[name];
  return values?.length === 1 ? values[0] : values;
}

function pathOf(request: FastifyRequest): string {
  const end = request.url.indexOf('?');
  return end === -1 ? request.url : request.url.slice(0, end);
}
