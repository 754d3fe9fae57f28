import type { Logger } from '@tavolo/process-kit';
import type { FastifyInstance } from 'fastify';
import { maskUnknownError } from './mask-unknown-errors.ts';

/** What fails before an engine sees it (a body that is no JSON, a content type) is refused in GraphQL's form too. */
export function sayErrorsAsGraphql(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error, _request, reply) => {
    const given = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
    const status = typeof given === 'number' && given >= 400 && given < 500 ? given : 500;
    return reply
      .status(status)
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify({ errors: [maskUnknownError(error, logger)] }));
  });
}
