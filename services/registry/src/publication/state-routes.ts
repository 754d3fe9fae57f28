import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
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
  const description = 'A compact JWS (EdDSA, typ tavolo-registry+jws) of a state or a still.';
  const onRequest = async (request: { headers: { authorization?: string | undefined } }) => {
    if (!isGateway(gatewayTokens, request.headers.authorization)) {
      throw new Refusal('UNAUTHENTICATED', 'A token of a gateway is needed');
    }
  };

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
        summary: 'Server-sent events: the state at once and after every change, a still every 2 s',
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

/** Takes the same time for every wrong token. */
function isGateway(hashes: readonly string[], authorization: string | undefined): boolean {
  const token = /^Bearer ([\x21-\x7e]{16,512})$/u.exec(authorization ?? '')?.[1] ?? '';
  const shown = createHash('sha256').update(token).digest();
  let isKnown = false;
  for (const hash of hashes) {
    if (timingSafeEqual(shown, Buffer.from(hash, 'hex'))) isKnown = true;
  }
  return isKnown && token !== '';
}
