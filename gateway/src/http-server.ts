import { randomUUID } from 'node:crypto';
import type { Logger } from '@tavolo/process-kit';
import {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  fastify,
  LogController,
} from 'fastify';
import type { Gate } from './gate/gate.ts';
import { isLoopbackHost } from './is-loopback-host.ts';
import type { PartnerReadiness } from './partner-readiness.ts';
import { refusalBody } from './refusal-body.ts';
import { refusalOfHttpError } from './refusal-of-http-error.ts';
import type { SupergraphStanding } from './supergraph-source/supergraph-source.ts';

/** What the readiness page says of the supergraph. */
export interface SupergraphHealth extends SupergraphStanding {
  /** `null` until the first has come: nothing can be asked before. */
  readonly version: string | null;
  /** Subgraphs whose servers do not serve the schema they published. */
  readonly mismatched: readonly string[];
}

/** The HTTP side without the graph: limits, health pages, and errors in GraphQL's form. */
export function createHttpServer(parts: {
  readonly maxBodyBytes: number;
  readonly readiness: PartnerReadiness;
  readonly supergraph: () => SupergraphHealth;
  readonly gate: Pick<Gate, 'health'>;
  /** The name a proxy in front is called by; answered beside this machine's own. */
  readonly publicHost: string | undefined;
  readonly logger: Logger;
}): FastifyInstance {
  const { logger, readiness } = parts;
  // Named by its interface: the concrete logger type would run through every signature.
  const plainLogger: FastifyBaseLogger = logger;
  const app: FastifyInstance = fastify({
    loggerInstance: plainLogger,
    // One line an operation is written by the GraphQL route; health pages are not worth one.
    logController: new LogController({ disableRequestLogging: true }),
    // A logger of its own for each request would say nothing more: lines name the operation's id.
    childLoggerFactory: (parent) => parent,
    bodyLimit: parts.maxBodyBytes,
    forceCloseConnections: 'idle',
  });
  // GraphQL comes as JSON; a form or plain text is what another site could make a browser send.
  app.removeContentTypeParser('text/plain');

  // An answer given while closing ends its connection: kept alive, it would hold the server open.
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  // Without promises: these run at every request.
  app.addHook('onRequest', (request, reply, done) => {
    const { host } = request.headers;
    if (isLoopbackHost(host) || (host !== undefined && host === parts.publicHost)) {
      done();
      return;
    }
    reply.status(403).type('text/plain').send('Ask this gateway as 127.0.0.1 or localhost\n');
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('connection', 'close');
    done();
  });

  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const errorId = randomUUID();
    const refusal = refusalOfHttpError(error, errorId, logger);
    return reply
      .status(refusal.status)
      .type('application/json; charset=utf-8')
      .send(refusalBody(refusal, errorId));
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.status(404).send({ message: 'Nothing here; the graph answers at /graphql' }),
  );

  app.get('/', (request, reply) => {
    if (request.headers.accept?.includes('text/html')) return reply.redirect('/explorer/', 302);
    return reply
      .type('text/plain; charset=utf-8')
      .send('Tavolo gateway\n  /graphql\n  /explorer\n  /docs\n  /health/live\n  /health/ready\n');
  });
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const { ready: partnersReady, partners } = await readiness.check();
    const gate = parts.gate.health();
    const supergraph = parts.supergraph();
    const hasGraph = supergraph.version !== null;
    const ready = hasGraph && partnersReady && gate.isOpen;
    const missing = partners.filter((partner) => !partner.ready).map(({ name }) => name);
    return reply.status(ready ? 200 : 503).send({
      status: ready ? 'ready' : hasGraph ? 'not ready' : 'waits for the first supergraph',
      missing,
      partners,
      supergraph,
      gate,
    });
  });
  return app;
}
