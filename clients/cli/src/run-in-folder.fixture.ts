import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './program.ts';

/** Keys for tests only; not written out, because keys that anybody can read are refused. */
export const testKeys = {
  TAVOLO_LINKAGE_KEY: createHash('sha256').update('tests of the command line').digest('hex'),
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
