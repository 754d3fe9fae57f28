import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export interface RunningProject {
  /** `http://127.0.0.1:…/graphql` */
  readonly url: string;
  close(): Promise<void>;
}

export interface ProjectOptions {
  readonly folder: string;
  /** What its README calls the start: `--import tsx src/main.ts`. */
  readonly start: readonly string[];
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts an institution's own server, as its own process, and resolves once it says that it listens. */
export async function startProject(options: ProjectOptions): Promise<RunningProject> {
  const child = spawn(process.execPath, [...options.start], {
    cwd: options.folder,
    env: { ...options.env, PORT: String(options.port), TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const ended = once(child, 'exit');
  const listening = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      if (line.includes('listening')) resolve();
    });
    void ended.then(() => reject(new Error(`it did not start: ${said.join('\n')}`)));
  });
  await listening;
  return {
    url: `http://127.0.0.1:${options.port}/graphql`,
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A port nobody listens on now: a subgraph's address is published before it is asked. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}
