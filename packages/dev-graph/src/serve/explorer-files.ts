import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { builtInPage } from './built-in-page.ts';

export interface ExplorerFile {
  readonly type: string;
  readonly content: Buffer;
  readonly contentSecurityPolicy: string;
}

/** The explorer's page and what it loads, by the part of the address after `/explorer/`. */
export type ExplorerFiles = (name: string) => Promise<ExplorerFile | undefined>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** As the hub's gateway gives it: the page talks to this server and to nobody else. */
const policy = (scripts: string) =>
  `default-src 'self'; script-src ${scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The hub's explorer from the folder it was built into; without one, a page that is part of this program. */
export async function openExplorer(folder: string | undefined): Promise<ExplorerFiles> {
  const found = folder === undefined ? new Map<string, string>() : await listFiles(folder);
  if (!found.has('index.html')) {
    const { html, scriptHash } = builtInPage;
    const page = {
      type: 'text/html; charset=utf-8',
      content: Buffer.from(html),
      contentSecurityPolicy: policy(`'${scriptHash}'`),
    };
    return async (name) => (name === '' ? page : undefined);
  }
  return async (name) => {
    const path = found.get(name === '' ? 'index.html' : name);
    if (path === undefined) return undefined;
    return {
      type: types[extname(path)] ?? 'application/octet-stream',
      content: await readFile(path),
      contentSecurityPolicy: policy("'self'"),
    };
  };
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
