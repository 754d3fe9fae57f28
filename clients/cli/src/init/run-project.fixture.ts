import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { ProjectKind } from './project-kinds.ts';
import { trialFiles } from './trial-plan.fixture.ts';
import { writeProject } from './write-project.ts';

const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
const run = promisify(execFile);
const line = z.looseObject({ msg: z.string(), url: z.string().optional() });
const signingKey = z.looseObject({ kid: z.string() });

/** A project as a partner has it, in a folder of its own, with this repository's packages for the installed ones. */
export interface TrialProject {
  readonly folder: string;
  /** `node` with this in the folder; rejects with what it wrote when it fails. */
  node(...args: readonly string[]): Promise<string>;
  start(): Promise<RunningProject>;
  remove(): void;
}

export interface RunningProject {
  readonly url: string;
  /** The private half of the key that `npm start` made. */
  readonly key: z.infer<typeof signingKey>;
  /** Sends SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
}

export async function makeTrialProject(kind: ProjectKind): Promise<TrialProject> {
  const folder = mkdtempSync(join(tmpdir(), `tavolo-${kind}-`));
  await writeProject(folder, await trialFiles(kind));
  symlinkSync(modules, join(folder, 'node_modules'));
  // Nothing of this process: a partner's machine has neither our variables nor our test runner's.
  const env = { PATH: process.execPath.replace(/\/node$/u, ''), HOME: folder };
  return {
    folder,
    async node(...args) {
      const { stdout } = await run(process.execPath, args, { cwd: folder, env });
      return stdout;
    },
    async start() {
      await run(process.execPath, ['--import', 'tsx', 'dev/prepare.ts'], { cwd: folder, env });
      const child = spawn(process.execPath, ['--env-file=.env', '--import', 'tsx', 'src/main.ts'], {
        cwd: folder,
        env: { ...env, PORT: '0', MLLP_PORT: '0', CONFORMANCE: '1' },
        stdio: ['ignore', 'pipe', 2],
      });
      const url = await addressOf(child);
      const key = readFileSync(join(folder, 'dev/gateway-private-key.json'), 'utf8');
      return {
        url,
        key: signingKey.parse(JSON.parse(key)),
        async stop() {
          const ended = once(child, 'exit');
          child.kill('SIGTERM');
          await ended;
          return child.exitCode;
        },
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What it says when it listens; throws with its last words when it ends instead. */
async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('no output');
  let last = '';
  for await (const text of createInterface({ input: stdout })) {
    last = text;
    const { msg, url } = line.parse(JSON.parse(text));
    if (msg === 'listening' && url !== undefined) return url;
  }
  throw new Error(`it ended: ${last}`);
}
