import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const logLine = z.looseObject({
  msg: z.string().optional(),
  url: z.string().optional(),
  mllpPort: z.number().optional(),
});

export interface MeasuredProcess {
  readonly pid: number;
  readonly url: string;
  /** 0 when it listens to no messages. */
  readonly mllpPort: number;
  close(): Promise<void>;
}

/**
 * Starts a service or a peer as the embedded hub starts one: a process with an environment of its own that
 * ends with us. Resolves once it has logged where it listens.
 */
export async function startMeasuredProcess(options: {
  /** Relative to the repository. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Has it write a CPU profile there when it ends. */
  readonly profileFolder?: string | undefined;
}): Promise<MeasuredProcess> {
  const { entry, env, logFile, profileFolder } = options;
  const profile =
    profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];
  const child = spawn(process.execPath, [...profile, '--import', 'tsx', join(repository, entry)], {
    cwd: repository,
    env: { HOST: '127.0.0.1', PORT: '0', TZ: 'UTC', LOG_LEVEL: 'info', ...env },
    // The channel carries nothing; it closes when this process dies, and the child then ends too.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = once(child, 'exit');
  const log = createWriteStream(logFile);
  child.stderr?.pipe(log, { end: false });
  const close = async () => {
    child.kill('SIGTERM');
    await ended;
    log.end();
  };
  const listening = new Promise<{ url: string; mllpPort: number }>((resolve, reject) => {
    if (!child.stdout) throw new Error('no output to read');
    let mllpPort = 0;
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.write(`${line}\n`);
      const said = readLogLine(line);
      mllpPort = said?.mllpPort ?? mllpPort;
      if (said?.msg === 'listening') resolve({ url: said.url ?? '', mllpPort });
    });
    void ended.then(() => reject(new Error(`${entry} ended before it listened: ${logFile}`)));
  });
  return { pid: child.pid ?? 0, close, ...(await listening) };
}

function readLogLine(line: string): z.infer<typeof logLine> | undefined {
  try {
    return logLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
