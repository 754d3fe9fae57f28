import { mkdir } from 'node:fs/promises';
import { createRandom, createWorld, provinceWriters } from '@tavolo/demo-province';

/** Writes one institution's files without a broken row, for `size` hosted people; returns their names. */
export async function writeCleanSources(
  institution: 'health-authority' | 'reception-centres',
  size: number,
  folder: string,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const write = provinceWriters[institution];
  if (!write) throw new Error(`nobody writes the files of ${institution}`);
  const world = createWorld({ seed: 20_261_122, size, today: '2026-11-22' });
  const random = createRandom(20_261_122);
  const { files } = await write(world, folder, { dirtyShare: 0, random: () => random.next() });
  return files;
}
