import { createHash, randomUUID } from 'node:crypto';
import { createDeadline, type Deadline } from '@tavolo/deadline';
import { type Logger, readPurpose } from '@tavolo/subgraph-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Generations } from './generations.ts';
import type { OperationContext } from './operation-context.ts';
import { SourceReport } from './sources.ts';
import { withSources } from './with-sources.ts';

/** What the GraphQL route needs of the gateway around it. */
export interface GraphqlRouteParts {
  readonly generations: Generations;
  readonly operationTimeoutMs: number;
  readonly refuse: (query: string) => GraphQLError | undefined;
  /** Operations under way, so that a shutdown can end those that take too long. */
  readonly underWay: Set<Deadline>;
  readonly logger: Logger;
}

/** `GET` and `POST /graphql`: one operation a request, one log line an operation. */
export function registerGraphqlRoute(app: FastifyInstance, parts: GraphqlRouteParts): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const startedAt = performance.now();
      const deadline = createDeadline(parts.operationTimeoutMs);
      const context = createOperation(deadline, readPurpose(request.headers));
      parts.underWay.add(deadline);
      reply.header('x-request-id', context.requestId);
      reply.raw.once('close', () => {
        if (!reply.raw.writableFinished) deadline.abort('CANCELLED');
      });
      const query = queryOf(request);
      try {
        const refusal = query === undefined ? undefined : parts.refuse(query);
        if (refusal) return await refuseWith(reply, refusal);
        return await parts.generations.use((generation) =>
          generation.handle(request, reply, context),
        );
      } finally {
        deadline.release();
        parts.underWay.delete(deadline);
        logOperation(parts.logger, context, query, reply.statusCode, performance.now() - startedAt);
      }
    },
  });
}

function createOperation(deadline: Deadline, purpose: string | null): OperationContext {
  return {
    requestId: randomUUID(),
    purpose,
    signal: deadline.signal,
    remainingMs: deadline.remainingMs,
    sources: new SourceReport(),
    calls: [],
    errors: [],
    operation: { name: null },
  };
}

function refuseWith(reply: FastifyReply, refusal: GraphQLError): FastifyReply {
  return reply
    .status(400)
    .type('application/json; charset=utf-8')
    .send(withSources({ errors: [refusal.toJSON()] }));
}

/** Never the query, its variables or its answer: only what cannot speak of a person. */
function logOperation(
  logger: Logger,
  context: OperationContext,
  query: string | undefined,
  httpStatus: number,
  ms: number,
): void {
  const { requestId, operation, calls } = context;
  const documentHash =
    query === undefined ? undefined : createHash('sha256').update(query).digest('hex').slice(0, 16);
  const status = httpStatus >= 400 ? 'refused' : context.errors.length > 0 ? 'partial' : 'answered';
  logger.info(
    {
      requestId,
      operation: operation.name,
      documentHash,
      ms: Math.round(ms),
      status,
      httpStatus,
      calls,
    },
    'operation',
  );
}

function queryOf({ method, body, query }: FastifyRequest): string | undefined {
  const from: unknown = method === 'GET' ? query : body;
  if (typeof from !== 'object' || from === null || !('query' in from)) return undefined;
  return typeof from.query === 'string' ? from.query : undefined;
}
