import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from './caller.ts';
import { ContextRefused, type ContextVerifier, contextHeader } from './verify-context.ts';

const admitted = new WeakMap<object, Caller>();

/** Who asks; a request that was not admitted has nobody, and nothing may be answered to it. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = admitted.get(request.raw);
  if (caller === undefined) throw new Error('the request was not admitted');
  return caller;
}

/**
 * Lets only calls through that the gateway signed for this subgraph, before a word of the body is parsed, whatever
 * the method and content type. A refused one learns which check it failed and nothing else.
 */
export function admitCallers(
  app: FastifyInstance,
  verifier: ContextVerifier,
  maxBytes: number,
): void {
  app.addHook('preParsing', async (request, reply, payload) => {
    const context = request.headers[contextHeader];
    // Nobody's body is not worth reading.
    const body = context === undefined ? Buffer.alloc(0) : await readBody(payload, maxBytes);
    if (body === null) {
      return refuse(reply.header('connection', 'close'), 413, 'PAYLOAD_TOO_LARGE');
    }
    try {
      admitted.set(request.raw, verifier.verify(context, body));
    } catch (error) {
      if (!(error instanceof ContextRefused)) throw error;
      request.log.warn({ reason: error.code }, 'a call was not admitted');
      return refuse(reply, 401, 'UNAUTHENTICATED', error.code);
    }
    // A server may take a question from a URL, which no digest covers.
    if (request.method !== 'POST') return refuse(reply, 405, 'BAD_REQUEST');
    return Object.assign(Readable.from([body], { objectMode: false }), {
      receivedEncodedLength: body.length,
    });
  });
}

/** The methods nobody serves, so that they are judged as POST is and not answered by a 404. */
export function refuseOtherMethods(app: FastifyInstance): void {
  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
    if (app.hasRoute({ method, url: '/graphql' })) continue;
    app.route({ method, url: '/graphql', handler: async (_request, reply) => reply.status(405) });
  }
}

const messages = {
  UNAUTHENTICATED: 'This subgraph answers the gateway only, and this call does not come from it',
  PAYLOAD_TOO_LARGE: 'The request is larger than this subgraph reads',
  BAD_REQUEST: 'This subgraph answers POST only',
};

function refuse(
  reply: FastifyReply,
  status: number,
  code: keyof typeof messages,
  reason?: string,
): FastifyReply {
  const extensions = reason === undefined ? { code } : { code, reason };
  return reply
    .status(status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify({ errors: [{ message: messages[code], extensions }] }));
}

/** The bytes as they came; null when there are more than `maxBytes`. */
async function readBody(payload: Readable, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Not destroyed when left early: the refusal goes out on the same socket.
  for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk as Uint8Array); // a request's stream has no encoding set
    size += bytes.length;
    if (size > maxBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
