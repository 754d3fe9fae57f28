import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { StartProblem } from '@tavolo/process-kit';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** What a process has logged about itself once it listens. */
export interface Listening {
  readonly url: string;
  /** Further ports by name, such as `mllpPort`. */
  readonly [detail: string]: unknown;
}

export interface ProcessOptions {
  readonly name: string;
  /** Entry point, relative to the repository. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  /** What runs the entry: Node's options, or a starter; `tsx` when absent. */
  readonly runner?: readonly string[];
  /** The log is `<logFolder>/<name>.log`; the one before is kept as `.1`. */
  readonly logFolder: string;
  /** Called when the process ends without having been asked to. */
  readonly onUnexpectedEnd: (how: string) => void;
  readonly startTimeoutMs: number;
}

export interface StartedProcess {
  readonly listening: Listening;
  readonly pid: number;
  /** SIGTERM, and SIGKILL when it does not end within ten seconds. */
  close(): Promise<void>;
  /** Ends at once, as a crash would. */
  kill(): Promise<void>;
}

const graceMs = 10_000;
/** Of pino; a process that says so does not go on, even if it takes its time to end. */
const fatalLevel = 60;

/** Starts one process of the hub and resolves once it listens; its output goes to its own log. */
export async function startProcess(options: ProcessOptions): Promise<StartedProcess> {
  const { name, entry, env, logFolder, onUnexpectedEnd, startTimeoutMs } = options;
  await mkdir(logFolder, { recursive: true });
  const logFile = join(logFolder, `${name}.log`);
  await rename(logFile, `${logFile}.1`).catch(() => undefined);
  const log = createWriteStream(logFile, { mode: 0o600 });
  // The IPC channel carries nothing: it closes when this process dies, and the child then ends too.
  const child = spawn(
    process.execPath,
    [...(options.runner ?? ['--import', 'tsx']), join(repository, entry)],
    {
      cwd: repository,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Ctrl-C reaches the whole terminal group; only this process may answer it, in its order.
      detached: true,
    },
  );
  let hasStarted = false;
  let isWanted = true;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code ?? 'unknown'}`));
  });
  void ended.then((how) => {
    log.end();
    // Before it listens, its end is the failure of the start and is told as such.
    if (isWanted && hasStarted) onUnexpectedEnd(how);
  });
  child.stderr?.pipe(log, { end: false });
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    isWanted = false;
    await endChild(child, signal, ended);
  };
  try {
    const listening = await firstListening(child, log, ended, startTimeoutMs);
    hasStarted = true;
    return {
      listening,
      pid: child.pid ?? 0,
      close: () => end('SIGTERM'),
      kill: () => end('SIGKILL'),
    };
  } catch (error) {
    await end('SIGKILL');
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw new StartProblem(`${name} did not start: ${reason}. Its log: ${logFile}`, {
      cause: error,
    });
  }
}

function firstListening(
  child: ChildProcess,
  log: NodeJS.WritableStream,
  ended: Promise<string>,
  timeoutMs: number,
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`it was not ready within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
    void ended.then((how) => {
      clearTimeout(timer);
      reject(new Error(how));
    });
    if (!child.stdout) throw new Error('no output to read');
    let details: Record<string, unknown> = {};
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.write(`${line}\n`);
      const entry = readLogLine(line);
      if (!entry) return;
      if (entry['level'] === fatalLevel) reject(new Error(problemOf(entry)));
      details = { ...details, ...entry };
      if (entry['msg'] !== 'listening' || typeof entry['url'] !== 'string') return;
      clearTimeout(timer);
      resolve({ ...details, url: entry['url'] });
    });
  });
}

/** Its own words for operators, if it has any. */
function problemOf({ problem }: Record<string, unknown>): string {
  return typeof problem === 'string' ? problem : 'it gave up';
}

function readLogLine(line: string): Record<string, unknown> | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null ? { ...entry } : undefined;
  } catch {
    return undefined;
  }
}

async function endChild(
  child: ChildProcess,
  signal: 'SIGTERM' | 'SIGKILL',
  ended: Promise<string>,
): Promise<void> {
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}
