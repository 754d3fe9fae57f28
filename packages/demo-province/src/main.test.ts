import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const run = async (
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> => {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      '--import',
      'tsx',
      main,
      ...args,
    ]);
    return { code: 0, stdout, stderr };
  } catch (error) {
    // execFile rejects with the exit code and both streams on the error.
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
};

describe('the command', () => {
  test('writes a province, tells of it on standard error and prints the manifest as JSON', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'province-command-'));
    const { code, stdout, stderr } = await run(
      '--out',
      join(folder, 'p'),
      '--size',
      '40',
      '--json',
    );
    expect(code).toBe(0);
    expect(stderr).toContain('writing');
    const manifest: unknown = JSON.parse(
      await readFile(join(folder, 'p', 'manifest.json'), 'utf8'),
    );
    expect(JSON.parse(stdout)).toEqual(manifest);
    await rm(folder, { recursive: true });
  });

  test.each([
    [[], '--out DIR is missing'],
    [['--out', '/dev/null/x', '--size', 'many'], '--size must be a number'],
    [['--out', '/dev/null/x', '--size', '3'], 'size must be a whole number from 40'],
    [['--out', '/dev/null/x', '--today', '2026-13-01'], 'YYYY-MM-DD'],
    [['--nonsense'], 'nonsense'],
  ])('fails in one sentence for %j', async (args, reason) => {
    const { code, stdout, stderr } = await run(...args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(reason);
    expect(stderr).not.toContain('    at ');
  });
});
