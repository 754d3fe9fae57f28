import { createServer, type IncomingMessage } from 'node:http';
import type { ExplorerFiles } from './explorer-files.ts';
import type { GraphVersion } from './start-graph-version.ts';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

const host = '127.0.0.1';
const explorerPath = '/explorer/';
const mostBytes = 1_000_000;
const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

export interface DevServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The graph and the explorer, for programs of this machine. */
export async function startDevServer(options: {
  /** 0 = any free one. */
  readonly port: number;
  readonly explorer: ExplorerFiles;
  /** Who the explorer says is asking. */
  readonly openAs: { readonly name: string; readonly roles: readonly string[] };
  /** `undefined` until a graph has composed. */
  readonly graph: () => GraphVersion | undefined;
}): Promise<DevServer> {
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      // The request broke off, or a file went away while it was read.
      () => response.writeHead(500).end(),
    );
  });

  async function answer(request: IncomingMessage): Promise<Reply> {
    // A web page whose name resolves to this machine (DNS rebinding) is not a program of this machine.
    const named = (request.headers.host ?? '').replace(/:\d+$/u, '').toLowerCase();
    if (!loopbackNames.has(named)) {
      return problem(403, 'HOST_REFUSED', 'This server answers to 127.0.0.1 and localhost only.');
    }
    const { pathname, search } = new URL(request.url ?? '/', `http://${host}`);
    if (pathname === '/graphql') return answerGraph(request, search);
    if (request.method !== 'GET') return problem(405, 'NOT_ALLOWED', 'Only GET here.');
    if (pathname === '/' || pathname === '/explorer') {
      return { status: 302, headers: { location: explorerPath }, body: '' };
    }
    if (pathname === `${explorerPath}login.json`) {
      return json(200, JSON.stringify({ openAs: options.openAs }));
    }
    const file = pathname.startsWith(explorerPath)
      ? await options.explorer(pathname.slice(explorerPath.length))
      : undefined;
    if (!file) return problem(404, 'NOT_FOUND', 'Nothing here: /graphql and /explorer/ are.');
    const headers = {
      'content-type': file.type,
      'content-security-policy': file.contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    };
    return { status: 200, headers, body: file.content };
  }

  async function answerGraph(request: IncomingMessage, search: string): Promise<Reply> {
    const graph = options.graph();
    if (!graph) {
      return problem(503, 'NO_GRAPH', 'No graph has composed yet: the terminal says why.');
    }
    const { method = 'GET' } = request;
    const body = method === 'POST' ? await readBody(request) : undefined;
    if (body === null) {
      return problem(400, 'BAD_REQUEST', 'The question is no JSON, or over 1 MB.');
    }
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const),
    );
    const { status, body: text } = await graph.answer({ method, headers, search, body });
    return json(status, text);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('HTTP needs a TCP port');
  return {
    url: `http://${host}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // A request without an encoding gives buffers.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return null;
  }
}

function json(status: number, body: string): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body,
  };
}

function problem(status: number, code: string, message: string): Reply {
  return json(status, JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}
