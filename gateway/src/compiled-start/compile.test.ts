import { execFile } from 'node:child_process';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const write = (file: string, text: string) => writeFile(join(folder, file), text);
const compileEntry = (withPackages = false) =>
  compile(pathToFileURL(entry), { cache, withPackages });

async function onlyIndex(): Promise<string> {
  const [index = ''] = (await readdir(cache)).filter((file) => file.endsWith('.json'));
  return join(cache, index);
}

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

  test('that many start at once is compiled, whatever becomes of the old files', async () => {
    await write('src/main.ts', `console.log('here');`);
    const first = basename(fileURLToPath(await compileEntry()), '.mjs');
    await write('src/main.ts', `console.log('there');`);
    // As one that another start has removed after it was listed.
    await symlink(join(folder, 'gone'), join(cache, `${first}.old`));
    const compiler = new URL('compile.mjs', import.meta.url).href;
    const start = `import { compile } from '${compiler}';
      await import(await compile(new URL('${pathToFileURL(entry).href}'), { cache: '${cache}' }));`;
    const starts = await Promise.all(
      Array.from({ length: 4 }, () =>
        promisify(execFile)(process.execPath, ['--input-type=module', '-e', start]),
      ),
    );
    expect(starts.map(({ stdout }) => stdout)).toEqual(Array(4).fill('there\n'));
  });

  test.each(['', '{ "file": "', 'null', '{}', '{ "file": "x", "contents": {} }'])(
    'whose index reads %j is compiled again',
    async (text) => {
      await write('src/main.ts', `console.log('here');`);
      const module = await compileEntry();
      const index = await onlyIndex();
      const whole = await readFile(index, 'utf8');
      await writeFile(index, text);
      expect(await output(await compileEntry())).toBe('here\n');
      expect(await compileEntry()).toEqual(module);
      expect(await readFile(index, 'utf8')).toBe(whole);
    },
  );

  test('whose index cannot be read or written starts all the same', async () => {
    await write('src/main.ts', `console.log('here');`);
    await compileEntry();
    const index = await onlyIndex();
    await rm(index);
    await mkdir(join(index, 'inside'), { recursive: true });
    expect(await output(await compileEntry())).toBe('here\n');
  });

  test('of which a part is missing is compiled again', async () => {
    await write('src/main.ts', `console.log('here');`);
    const module = fileURLToPath(await compileEntry());
    await writeFile(module, 'console.log("he');
    expect(await output(await compileEntry())).toBe('here\n');
  });

  test('that cannot be kept beside its packages is kept once, where its user alone writes', async () => {
    await write('src/main.ts', `console.log('here');`);
    cache = join(entry, 'not-a-folder');
    const temporary = join(folder, 'temporary');
    await mkdir(temporary);
    vi.stubEnv('TMPDIR', temporary);
    const module = await compileEntry();
    expect(await output(module)).toBe('here\n');
    const own = dirname(fileURLToPath(module));
    expect((await stat(own)).mode & 0o777).toBe(0o700);
    const kept = await readdir(own);
    expect(await compileEntry()).toEqual(module);
    expect(await readdir(temporary)).toEqual([basename(own)]);
    expect(await readdir(own)).toEqual(kept);
  });

  test('is never taken from a temporary folder that others can write or have linked', async () => {
    await write('src/main.ts', `console.log('here');`);
    cache = join(entry, 'not-a-folder');
    const temporary = join(folder, 'temporary');
    const open = join(temporary, 'tavolo-compiled-000000');
    const linked = join(temporary, 'tavolo-compiled-000001');
    await mkdir(open, { recursive: true });
    await chmod(open, 0o777);
    await mkdir(join(folder, 'elsewhere'), { mode: 0o700 });
    await symlink(join(folder, 'elsewhere'), linked);
    vi.stubEnv('TMPDIR', temporary);
    const own = dirname(fileURLToPath(await compileEntry()));
    expect([open, linked, join(folder, 'elsewhere')]).not.toContain(own);
    expect(await readdir(open)).toEqual([]);
    expect(await readdir(linked)).toEqual([]);
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
