import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withSourceUrls } from './with-source-urls.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tavolo-profile-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const profileOf = (url: string, lineNumber: number) => ({
  nodes: [{ id: 1, callFrame: { functionName: 'run', url, lineNumber, columnNumber: 0 } }],
  samples: [],
  timeDeltas: [],
});

test('a function of a compiled file is told by the file it was written in', async () => {
  const compiled = pathToFileURL(join(folder, 'main.mjs')).href;
  // The second line of what was compiled is the first of the second source.
  const map = { version: 3, sources: ['one.ts', '../two.ts'], names: [], mappings: 'AAAA;ACAA' };
  await writeFile(join(folder, 'main.mjs.map'), JSON.stringify(map));
  const [node] = (await withSourceUrls(profileOf(compiled, 1))).nodes;
  expect(node?.callFrame.url).toBe(new URL('../two.ts', compiled).href);
});

test('what was not compiled is told as it is', async () => {
  const plain = profileOf(pathToFileURL(join(folder, 'plain.js')).href, 3);
  expect(await withSourceUrls(plain)).toEqual(plain);
});
