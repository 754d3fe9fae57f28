import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { printSubgraphSchema } from '@apollo/subgraph';
import { execute, GraphQLError, getOperationAST, parse, validate } from 'graphql';
import {
  type CallContext,
  createBadSchema,
  plantedName,
  sdlWith,
  visits,
} from './bad-subgraph-schema.fixture.ts';
import { isRecord } from './http-answer.ts';
import { createLaxVerifier } from './lax-verifier.fixture.ts';
import type { SubgraphFault } from './subgraph-faults.fixture.ts';

export { type SubgraphFault, subgraphFaults } from './subgraph-faults.fixture.ts';
/** Stands in a column that must not be answered. */
export const plantedCanaries: readonly string[] = [plantedName];

const maxBytes = 4 * 1024 * 1024;
/** Longer than the limits of the tests allow, by more than a busy machine takes. */
const slowMs = 2_500;

export interface BadSubgraph {
  readonly url: string;
  readonly publishedSdl: string;
  close(): Promise<void>;
}

/** A subgraph written with nothing of ours but for the tests of it: right, unless told how to be bad. */
export async function startBadSubgraph(options: {
  readonly name: string;
  readonly issuer: string;
  readonly keys: readonly { readonly x: string; readonly kid: string }[];
  readonly now: () => Date;
  readonly faults?: readonly SubgraphFault[];
}): Promise<BadSubgraph> {
  const { name, issuer, keys, now } = options;
  const faults = new Set(options.faults);
  const has = (fault: SubgraphFault) => faults.has(fault);
  const schema = createBadSchema(has);
  const published = printSubgraphSchema(schema);
  const sdl = has('broken-sdl')
    ? 'type {'
    : has('other-sdl-than-published')
      ? published.replace('kind: String!', 'kind: String')
      : published;
  const service = schema.getQueryType()?.getFields()['_service'];
  if (service) service.resolve = () => ({ sdl });
  const verify = createLaxVerifier({ keys, audience: name, issuer, now, has });
  let hungUp = 0;
  let latest: unknown;

  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) hungUp += 1;
    });
    answer(request, response).catch(() => {
      if (!response.headersSent) send(response, 500, errorsWith('INTERNAL_SERVER_ERROR'));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/health/live') {
      return send(response, 200, { status: 'live' });
    }
    if (url.pathname === '/health/ready') {
      const rows = has('counts-rows-in-health') ? { rows: visits.length } : {};
      return send(response, 200, { status: 'ready', ...rows });
    }
    const body = await readBody(request);
    if (body === null)
      return send(response.setHeader('connection', 'close'), 413, errorsWith('PAYLOAD_TOO_LARGE'));
    const given = request.headers['tavolo-context'];
    const isOpen = has('open-introspection') && given === undefined && body.includes('__schema');
    const verdict = isOpen
      ? { caller: {} }
      : verify(Array.isArray(given) ? given.join(', ') : given, body);
    if ('refusal' in verdict) {
      const status = has('refuses-with-403') ? 403 : 401;
      return send(response, status, errorsWith('UNAUTHENTICATED', { reason: verdict.refusal }));
    }
    const question = readQuestion(request, url, body);
    if ('status' in question) {
      if (question.html !== undefined)
        return response.writeHead(500, { 'content-type': 'text/html' }).end(question.html);
      return send(response, question.status, errorsWith(question.code));
    }
    if (has('ignores-deadline') && Number(request.headers['x-deadline-ms']) < 1_000)
      await wait(slowMs);
    if (has('limps-after-aborts') && hungUp > 0 && body.length < 200) {
      hungUp = 0;
      await wait(slowMs);
    }
    latest = question.asked;
    await wait(1);
    const asked = has('mixes-callers') ? latest : question.asked;
    return run(asked, isRecord(verdict.caller) ? verdict.caller : {}, response);
  }

  function readQuestion(
    request: IncomingMessage,
    url: URL,
    body: Buffer,
  ): { asked: unknown } | { status: number; code: string; html?: string } {
    if (request.method !== 'POST') {
      const query = url.searchParams.get('query');
      return has('answers-get') && query !== null
        ? { asked: { query } }
        : { status: 405, code: 'BAD_REQUEST' };
    }
    const isJson = request.headers['content-type'] === 'application/json';
    if (!isJson && !has('takes-any-content-type')) return { status: 415, code: 'BAD_REQUEST' };
    try {
      return { asked: JSON.parse(body.toString('utf8')) as unknown };
    } catch {
      const html = has('html-for-malformed-json') ? { html: '<h1>Error</h1>' } : {};
      return { status: 400, code: 'BAD_REQUEST', ...html };
    }
  }

  async function run(
    asked: unknown,
    caller: Readonly<Record<string, unknown>>,
    response: ServerResponse,
  ): Promise<unknown> {
    const { query, variables = {}, operationName } = isRecord(asked) ? asked : {};
    if (typeof query !== 'string' || !isRecord(variables))
      return send(response, 400, errorsWith('BAD_REQUEST'));
    let document: ReturnType<typeof parse>;
    try {
      document = parse(query);
    } catch {
      return send(response, 400, errorsWith('GRAPHQL_PARSE_FAILED'));
    }
    if (validate(schema, document).length > 0) {
      return send(
        response,
        400,
        errorsWith(has('no-validation-code') ? 'BAD_REQUEST' : 'GRAPHQL_VALIDATION_FAILED'),
      );
    }
    const named =
      typeof operationName === 'string' && !has('runs-another-operation') ? operationName : null;
    if (!getOperationAST(document, named))
      return send(response, 400, errorsWith('OPERATION_RESOLUTION_FAILURE'));
    const districts = caller['districts'];
    const contextValue: CallContext = {
      districts: Array.isArray(districts) ? districts.map(String) : null,
      calls: { count: 0 },
    };
    if (
      has('slow-with-many-keys') &&
      query.includes('_entities') &&
      variablesLength(variables) > 150
    )
      await wait(slowMs);
    const result = await execute({
      schema,
      document,
      contextValue,
      variableValues: variables,
      operationName: named,
    });
    const errors = result.errors?.map(maskUnforeseen);
    if (
      result.data === undefined ||
      (result.data === null && errors?.every(({ path }) => path === undefined))
    ) {
      const message = has('quotes-values')
        ? `Wrong value ${String(variables['first'])}`
        : undefined;
      return send(response, 400, errorsWith('BAD_USER_INPUT', {}, message));
    }
    const source = {
      asOf: now().toISOString(),
      completeness: has('completeness-in-per-cent') ? 98 : 0.98,
      stale: false,
      backendCalls: contextValue.calls.count,
    };
    const isQuiet = has('no-source-beside-errors') && errors !== undefined;
    const extensions = isQuiet ? {} : { extensions: { source } };
    return send(response, 200, { data: result.data, ...(errors ? { errors } : {}), ...extensions });
  }

  function send(response: ServerResponse, status: number, value: object): ServerResponse {
    const isPlain = has('answers-plain-text') && 'data' in value;
    response.writeHead(status, { 'content-type': isPlain ? 'text/plain' : 'application/json' });
    return response.end(JSON.stringify(value));
  }

  async function readBody(request: IncomingMessage): Promise<Buffer | null> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = Buffer.from(chunk as Uint8Array); // a request's stream has no encoding set
      size += bytes.length;
      if (size > maxBytes && !has('reads-any-body')) return null;
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    publishedSdl: sdlWith(has),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function maskUnforeseen(error: GraphQLError): GraphQLError {
  const isMeant = error.originalError === undefined || error.originalError instanceof GraphQLError;
  if (isMeant && error.path !== undefined) return error;
  return new GraphQLError('Something went wrong', {
    path: error.path ?? null,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
}

const errorsWith = (code: string, more: object = {}, message = 'This cannot be answered') => ({
  errors: [{ message, extensions: { code, ...more } }],
});

function variablesLength({ representations }: Readonly<Record<string, unknown>>): number {
  return Array.isArray(representations) ? representations.length : 0;
}
