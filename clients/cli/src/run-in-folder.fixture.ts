import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './program.ts';

/** Keys for tests only. */
export const testKeys = {
  TAVOLO_LINKAGE_KEY: '6d1f0e9a7b3c52844fd0a1b6c98e3571f2ad0c4b8e97635d1a20fbc4d8e6975c',
  TAVOLO_LINKAGE_KEY_ID: 'test',
  TAVOLO_SECTOR_KEY_SECRET: 'a secret for tests only, of more than 32 characters',
};

/** A new folder with these files. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tavolo-cli-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** Runs one command line in this process, without a terminal, and keeps what it printed. */
export async function run(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = testKeys,
) {
  const [printed, said]: [string[], string[]] = [[], []];
  const exitCode = await runProgram(args, {
    env,
    print: (text) => printed.push(text),
    say: (text) => said.push(text),
    isTerminal: false,
    nowMs: () => 0,
  });
  return { exitCode, printed: printed.join(''), said: said.join('') };
}
