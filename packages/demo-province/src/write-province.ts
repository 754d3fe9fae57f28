import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FoundingFigures, foundingFigures } from './founding-figures.ts';
import type { SourceManifest } from './source-manifest.ts';
import { groundTruth } from './truth/ground-truth.ts';
import { writeGroundTruth } from './truth/write-ground-truth.ts';
import type { Institution, World } from './world.ts';

/** Writes one institution's part of the world in that institution's own format. */
export type SourceWriter = (
  world: World,
  folder: string,
  options: { readonly dirtyShare: number; readonly random: () => number },
) => Promise<SourceManifest>;

export interface ProvinceManifest {
  readonly notice: string;
  readonly seed: number;
  readonly today: string;
  readonly dirtyShare: number;
  readonly figures: FoundingFigures;
  readonly sources: Readonly<Partial<Record<Institution, SourceManifest>>>;
}

export interface ProvinceOptions {
  readonly world: World;
  /** Made when missing; refused when anything is in it, for old and new drops would mix. */
  readonly folder: string;
  /** Broken rows beside the good ones, 0 to 1. */
  readonly dirtyShare: number;
  readonly random: () => number;
  /** An institution without a writer is left out. */
  readonly writers: Readonly<Partial<Record<Institution, SourceWriter>>>;
  readonly onProgress?: (message: string) => void;
}

const institutionsInOrder: readonly Institution[] = [
  'social-services',
  'health-authority',
  'reception-centres',
  'volunteer-registry',
];

/** Writes the institutions' sources, `manifest.json` and `ground-truth.json`. */
export async function writeProvince(options: ProvinceOptions): Promise<ProvinceManifest> {
  const { world, folder, dirtyShare, random, writers, onProgress = () => undefined } = options;
  if (!(dirtyShare >= 0 && dirtyShare <= 1))
    throw new RangeError('the dirty share must be from 0 to 1');
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty`);
  const sources: Partial<Record<Institution, SourceManifest>> = {};
  // One after the other: each draws from the same stream, and the order is part of the result.
  for (const institution of institutionsInOrder) {
    const write = writers[institution];
    if (write === undefined) continue;
    onProgress(`writing ${institution}`);
    const own = join(folder, institution);
    await mkdir(own);
    sources[institution] = await write(world, own, { dirtyShare, random });
  }
  const manifest: ProvinceManifest = {
    notice:
      'Everybody here is invented. Names are real words of their languages; identifiers have the form of real ones and cannot belong to anyone.',
    seed: world.seed,
    today: world.today,
    dirtyShare,
    figures: foundingFigures(world),
    sources,
  };
  onProgress('writing the ground truth');
  await writeGroundTruth(groundTruth(world), join(folder, 'ground-truth.json'));
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
  return manifest;
}
