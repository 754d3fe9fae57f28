import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../is-loopback-host.ts';
import type { Supergraph } from '../supergraph/read-supergraph.ts';
import { pagePolicy } from './page.ts';
import { renderContract } from './render-contract.ts';
import { renderGraph } from './render-graph.ts';

/** `/docs/` and `/docs/contract`: made when first asked for, once a supergraph version. */
export function registerDocsRoutes(
  app: FastifyInstance,
  current: () => Supergraph | undefined,
): void {
  const graphs = new WeakMap<Supergraph, Promise<string>>();
  let contract: Promise<string> | undefined;

  function graphOf(supergraph: Supergraph): Promise<string> {
    const known = graphs.get(supergraph) ?? renderGraph(supergraph);
    graphs.set(supergraph, known);
    return known;
  }

  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    if (isFromThisMachine(request)) return;
    await reply
      .status(403)
      .type('text/plain')
      .send('Read this page on the gateway’s own machine\n');
  };
  app.get('/docs', { onRequest }, (_request, reply) => reply.redirect('/docs/', 302));
  app.get('/docs/', { onRequest }, async (_request, reply) => {
    const supergraph = current();
    if (supergraph) return send(reply, await graphOf(supergraph));
    return reply
      .status(503)
      .type('text/plain')
      .send('There is no graph yet: nothing is published\n');
  });
  app.get('/docs/contract', { onRequest }, async (_request, reply) => {
    contract ??= renderContract().catch((error: unknown) => {
      contract = undefined;
      throw error;
    });
    return send(reply, await contract);
  });
}

/** The whole graph is on it, whatever the reader's purpose: nobody reads it through a proxy. */
function isFromThisMachine({ headers }: FastifyRequest): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'].some(
    (name) => name in headers,
  );
  return isLoopbackHost(headers.host) && !isForwarded;
}

function send(reply: FastifyReply, text: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .headers({
      'content-security-policy': pagePolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    })
    .send(text);
}
