import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWorld } from './create-world.ts';
import { provinceWriters } from './province-writers.ts';
import { createRandom } from './random.ts';
import { writeProvince } from './write-province.ts';

const world = createWorld({ seed: 4, size: 60, today: '2026-11-22' });
const startOfStream = (): (() => number) => {
  const random = createRandom(4);
  return () => random.next();
};

describe('a written province', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'province-'));
  });
  afterEach(async () => rm(folder, { recursive: true }));

  const write = async (name: string) =>
    writeProvince({
      world,
      folder: join(folder, name),
      dirtyShare: 0.05,
      random: startOfStream(),
      writers: provinceWriters,
    });

  test('has each institution in its own folder, the manifest and the truth', async () => {
    const manifest = await write('a');
    expect(await readdir(join(folder, 'a'))).toEqual(
      expect.arrayContaining([
        ...Object.keys(provinceWriters),
        'ground-truth.json',
        'manifest.json',
      ]),
    );
    for (const [institution, { files, rows }] of Object.entries(manifest.sources)) {
      expect(rows).toBeGreaterThan(0);
      const there = await readdir(join(folder, 'a', institution), { recursive: true });
      expect(there).toEqual(expect.arrayContaining([...files]));
    }
  });

  test('tells nobody else’s truth: no source holds a person’s true id', async () => {
    await write('a');
    for (const institution of Object.keys(provinceWriters)) {
      const own = join(folder, 'a', institution);
      for (const file of await readdir(own, { recursive: true, withFileTypes: true })) {
        if (!file.isFile()) continue;
        const text = await readFile(join(file.parentPath, file.name), 'latin1');
        expect(/\bP\d{6}\b/.test(text), file.name).toBe(false);
      }
    }
  });

  test('refuses a folder with something in it', async () => {
    await writeFile(join(folder, 'left-over.txt'), '');
    await expect(
      writeProvince({ world, folder, dirtyShare: 0, random: startOfStream(), writers: {} }),
    ).rejects.toThrow('is not empty');
  });

  test('refuses a dirty share that is no share', async () => {
    await expect(
      writeProvince({ world, folder, dirtyShare: 2, random: startOfStream(), writers: {} }),
    ).rejects.toThrow('from 0 to 1');
  });
});
