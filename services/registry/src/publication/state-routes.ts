import type { FastifyInstance } from 'fastify';
import { mustBeGateway } from '../http/must-be-gateway.ts';
import { problems } from '../http/requests.ts';
import { Refusal } from '../refusal.ts';
import type { Publication } from './publication.ts';
import { createStream } from './stream.ts';

export interface StateRoutesOptions {
  readonly publication: Publication;
  readonly gatewayTokens: readonly string[];
  readonly now: () => Date;
}

const mostStreams = 32;
const checkEveryMs = 1_000;

/** `/state` and `/state/stream`: what gateways go by, signed; for the gateways alone. */
export function stateRoutes(app: FastifyInstance, options: StateRoutesOptions): void {
  const { publication, gatewayTokens, now } = options;
  let streams = 0;
  const security = [{ gatewayToken: [] }];
  const description =
    'A compact JWS (EdDSA, typ tavolo-registry+jws) of a state, a still or the sequence of the supergraph.';
  const onRequest = mustBeGateway(gatewayTokens);

  app.get(
    '/state',
    {
      onRequest,
      schema: {
        tags: ['state'],
        summary: 'The whole state, once',
        description,
        security,
        response: problems,
      },
    },
    async (_request, reply) => {
      const { jws } = await publication.current();
      return reply.type('application/jose').serializer(String).send(jws);
    },
  );
  app.get(
    '/state/stream',
    {
      onRequest,
      schema: {
        tags: ['state'],
        summary:
          'Server-sent events: state and supergraph at once and after every change, a still every 2 s',
        description,
        security,
        response: problems,
      },
    },
    async (request, reply) => {
      if (streams >= mostStreams) {
        throw new Refusal('TOO_MANY_STREAMS', `There are ${mostStreams} streams already`);
      }
      streams += 1;
      const { raw } = reply;
      const stream = createStream(raw, () => now().getTime());
      const check = setInterval(() => stream.check(), checkEveryMs).unref();
      let isOver = false;
      let unsubscribe: () => void = () => undefined;
      const end = () => {
        if (isOver) return;
        isOver = true;
        streams -= 1;
        clearInterval(check);
        unsubscribe();
      };
      raw.on('close', end);
      raw.on('error', end);
      let isBegun = false;
      try {
        unsubscribe = await publication.subscribe((message) => {
          if (!isBegun) {
            isBegun = true;
            reply.hijack();
            raw.writeHead(200, {
              'content-type': 'text/event-stream; charset=utf-8',
              'cache-control': 'no-store',
              'x-accel-buffering': 'no',
            });
          }
          stream.listen(message);
        });
      } catch (cause) {
        end();
        throw cause;
      }
      // It may have gone while the state was read.
      if (request.raw.socket.destroyed) {
        end();
        unsubscribe();
      }
    },
  );
}
