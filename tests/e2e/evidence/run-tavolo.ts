import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../clients/cli/bin/tavolo.js', import.meta.url));

interface Where {
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** Runs the command line as a process of its own, as the people of an institution do. */
export async function runTavolo(
  args: readonly string[],
  { env = {}, folder }: Where = {},
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing of whoever runs the journeys is its business.
    env: { TZ: 'UTC', ...env },
    ...(folder === undefined ? {} : { cwd: folder }),
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}
