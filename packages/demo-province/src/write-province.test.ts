import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWorld } from './create-world.ts';
import { provinceWriters } from './province-writers.ts';
import { createRandom } from './random.ts';
import { couldBeReal } from './world-contradictions.ts';
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

  test('is the same to the byte when written again', async () => {
    await write('a');
    await write('b');
    const [first, second] = await Promise.all([
      filesIn(join(folder, 'a')),
      filesIn(join(folder, 'b')),
    ]);
    expect([...second.keys()]).toEqual([...first.keys()]);
    for (const [name, bytes] of first) {
      expect(second.get(name)?.equals(bytes), `${name} is the same`).toBe(true);
    }
  });

  test('holds no true id of a person and no codice fiscale that could be somebody’s', async () => {
    await write('a');
    for (const institution of Object.keys(provinceWriters)) {
      for (const [name, bytes] of await filesIn(join(folder, 'a', institution))) {
        const text = bytes.toString('latin1');
        expect(/\bP\d{6}\b/.test(text), `${name} holds a true id`).toBe(false);
        const codici = text.match(/\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b/g) ?? [];
        const real = codici.filter((value) => couldBeReal({ kind: 'CF', value }));
        expect(real, `${name} holds a codice fiscale with the right check character`).toEqual([]);
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

async function filesIn(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const files = new Map<string, Buffer>();
  for (const path of paths.sort()) files.set(path.slice(folder.length), await readFile(path));
  return files;
}
