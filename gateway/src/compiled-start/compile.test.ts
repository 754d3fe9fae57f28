import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compile } from './compile.mjs';

let folder: string;
let entry: string;
let cache: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tavolo-compile-'));
  entry = join(folder, 'src/main.ts');
  cache = join(folder, 'cache');
  await mkdir(join(folder, 'src'));
  await write('package.json', '{ "type": "module" }');
  await write('src/greeting.ts', 'export const greeting: string = "hello";');
  await write('src/beside.txt', 'found');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (file: string, text: string) => writeFile(join(folder, file), text);
const compileEntry = (withPackages = false) =>
  compile(pathToFileURL(entry), { cache, withPackages });

async function output(module: URL): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(module)]);
  return stdout;
}

describe('a compiled entry', () => {
  test('needs no loader, and finds what lies beside its sources', async () => {
    await write(
      'src/main.ts',
      `import { readFileSync } from 'node:fs';
       import { greeting } from './greeting.ts';
       const text: string = readFileSync(new URL('beside.txt', import.meta.url), 'utf8');
       console.log(greeting, text);`,
    );
    expect(await output(await compileEntry())).toBe('hello found\n');
  });

  test('is the same as long as nothing of it changes, and another when anything does', async () => {
    await write('src/main.ts', `import { greeting } from './greeting.ts'; console.log(greeting);`);
    const first = await compileEntry();
    const written = await readdir(cache);
    expect(await compileEntry()).toEqual(first);
    expect(await readdir(cache)).toEqual(written);
    await write('src/greeting.ts', 'export const greeting: string = "good evening";');
    expect(await output(await compileEntry())).toBe('good evening\n');
    expect(await output(first)).toBe('hello\n');
  });

  test('has its packages in it when told so, and needs them no more', async () => {
    await mkdir(join(folder, 'node_modules/greet'), { recursive: true });
    await write('node_modules/greet/package.json', '{ "name": "greet", "main": "greet.cjs" }');
    await write('node_modules/greet/greet.cjs', 'exports.join = require("path").posix.join;');
    await write('src/main.ts', `import { join } from 'greet'; console.log(join('one', 'two'));`);
    const module = await compileEntry(true);
    await rm(join(folder, 'node_modules'), { recursive: true });
    expect(await output(module)).toBe('one/two\n');
  });

  test('starts where nothing may be written beside it', async () => {
    await write('src/main.ts', `console.log('here');`);
    cache = join(entry, 'not-a-folder');
    const module = await compileEntry();
    expect(await output(module)).toBe('here\n');
    await rm(fileURLToPath(new URL('.', module)), { recursive: true });
  });

  test('that does not compile says where', async () => {
    await write('src/main.ts', 'const = 1;');
    await expect(compileEntry()).rejects.toThrow(/main\.ts:1:6/u);
  });
});

test('a process has the arguments that it was given after its entry', async () => {
  const start = fileURLToPath(new URL('start.mjs', import.meta.url));
  await write('src/main.ts', 'console.log(process.argv.slice(1).join(" "));');
  const { stdout } = await promisify(execFile)(process.execPath, [start, entry, 'one', '--two']);
  expect(stdout).toBe(`${entry} one --two\n`);
  const compiled = fileURLToPath(await compile(pathToFileURL(entry)));
  const [name = ''] = /^main-[0-9a-f]{8}/u.exec(basename(compiled)) ?? [];
  for (const file of await readdir(dirname(compiled))) {
    if (file.startsWith(name)) await rm(join(dirname(compiled), file));
  }
});
