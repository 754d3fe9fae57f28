import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CallHeaders } from '../../call-headers.ts';
import { createJsonPoster } from '../../json-poster.ts';
import type { RunningPeer } from './gateway-peer.ts';

/** The gateways' core, one process under load at a time; load and subgraphs have the other. */
export const gatewayCore = 0;
export const loadCore = 1;

export const repository = fileURLToPath(new URL('../../../../..', import.meta.url));

const startWithinMs = 60_000;
const askEveryMs = 100;

/** A process on the gateways' core; resolves once it answers questions. */
export async function startPinnedProcess(options: {
  readonly name: string;
  readonly command: readonly string[];
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly path?: string;
  readonly headers?: CallHeaders;
}): Promise<RunningPeer> {
  const { name, command, port, env, folder, path = '/graphql', headers = () => ({}) } = options;
  const logFile = join(folder, `${name.replaceAll(' ', '-')}.log`);
  const log = openSync(logFile, 'w');
  const child = spawn('taskset', ['-c', String(gatewayCore), ...command], {
    cwd: folder,
    env: { PATH: pathOfNode, HOME: folder, TZ: 'UTC', NODE_ENV: 'production', ...env },
    // Some write to a closed output and fail; what they say is kept for whoever looks for the reason.
    stdio: ['ignore', log, log],
  });
  const gone = once(child, 'exit').then(() => 'gone' as const);
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  const url = `http://127.0.0.1:${port}${path}`;
  const started = await Promise.race([answers(url, headers), gone]);
  if (started !== true) {
    end();
    throw new Error(`${name} did not start: ${logFile}`);
  }
  return {
    name,
    pid: child.pid ?? 0,
    url,
    headers,
    close: async () => {
      child.kill('SIGTERM');
      const patience = setTimeout(end, 5_000);
      await gone;
      clearTimeout(patience);
      process.removeListener('exit', end);
    },
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}

const pathOfNode = `${join(process.execPath, '..')}:/usr/local/bin:/usr/bin:/bin`;

async function answers(url: string, headers: CallHeaders): Promise<boolean> {
  const poster = createJsonPoster(url, headers);
  const body = JSON.stringify({ query: '{ me { id } }' });
  try {
    for (let waitedMs = 0; waitedMs < startWithinMs; waitedMs += askEveryMs) {
      const answer = await poster.post(body).catch(() => undefined);
      if (answer?.status === 200 && answer.text.includes('"me":{')) return true;
      await wait(askEveryMs);
    }
    return false;
  } finally {
    poster.close();
  }
}
