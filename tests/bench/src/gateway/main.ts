import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGrowth } from './growth/run-growth.ts';
import { loadCore } from './peers/start-pinned-process.ts';
import { runProfile } from './profile/run-profile.ts';
import { readArguments, usage } from './read-arguments.ts';
import { runComparison } from './run-comparison.ts';

async function run(args: readonly string[]): Promise<void> {
  const options = readArguments(args);
  if (options.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  // Load and subgraphs, all threads, stay off the gateways' core.
  execFileSync('taskset', ['-a', '-c', '-p', String(loadCore), String(process.pid)]);
  const startedAt = Date.now();
  const say = (line: string) => {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    process.stderr.write(`${String(seconds).padStart(5)} s  ${line}\n`);
  };
  const folder = await mkdtemp(join(tmpdir(), 'tavolo-bench-gateway-'));
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  try {
    if (options.profile !== undefined) {
      await mkdir(options.profile, { recursive: true });
      const text = await runProfile({ ...options, folder, say, profileFolder: options.profile });
      process.stdout.write(text);
    } else if (options.growth) {
      process.stdout.write(await runGrowth({ ...options, folder, say }));
    } else {
      process.stdout.write(await runComparison({ ...options, folder, say }));
    }
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    say(`what the gateways said: ${folder}`);
    throw error;
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
