import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { FastifyInstance } from 'fastify';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.graphql': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

/** Where the explorer's users log in: OpenID Connect, code and PKCE. */
export interface ExplorerLogin {
  readonly issuer: string;
  readonly clientId: string;
}

/** The page talks to its own gateway and the login, to nobody else; its editor makes workers and style elements. */
const contentSecurityPolicy = (login: ExplorerLogin | undefined) =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self'${login ? ` ${new URL(login.issuer).origin}` : ''}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const notBuilt =
  'The explorer is not built yet: run `npm run build -w @tavolo/explorer`. The graph answers at /graphql.\n';

/** `/explorer/…`: the files that were in `folder` when first asked for, by exact name and nothing else. */
export function registerExplorerRoutes(
  app: FastifyInstance,
  folder: string | undefined,
  login: ExplorerLogin | undefined,
): void {
  const policy = contentSecurityPolicy(login);
  let files: ReadonlyMap<string, string> | undefined;

  async function knownFiles(): Promise<ReadonlyMap<string, string>> {
    if (files) return files;
    const found = folder === undefined ? new Map<string, string>() : await listFiles(folder);
    // Until it is built, every question looks again.
    if (found.has('index.html')) files = found;
    return found;
  }

  app.get('/explorer/login.json', (_request, reply) =>
    reply.header('cache-control', 'no-store').send(login ?? null),
  );
  app.get('/explorer', (_request, reply) => reply.redirect('/explorer/', 302));
  app.get<{ Params: { '*': string } }>('/explorer/*', async (request, reply) => {
    // Whoever comes back from the login gets the page again.
    const name = ['', 'callback'].includes(request.params['*'])
      ? 'index.html'
      : request.params['*'];
    const known = await knownFiles();
    if (!known.has('index.html')) return reply.status(503).type('text/plain').send(notBuilt);
    const path = known.get(name);
    if (path === undefined) return reply.status(404).type('text/plain').send('No such file\n');
    return reply
      .type(types[extname(name)] ?? 'application/octet-stream')
      .header('content-security-policy', policy)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-cache')
      .send(createReadStream(path));
  });
}

async function listFiles(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    // A folder that is not there is an explorer that is not built.
    () => [],
  );
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [relative(folder, path).split(sep).join('/'), path];
      }),
  );
}
