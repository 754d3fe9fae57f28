import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sdlFile } from '@tavolo/schema-check';
import { z } from 'zod';
import { openDevFolder } from './dev-key.ts';
import type { OtherSubgraph } from './subgraph-files.ts';

const kept = z.object({
  version: z.literal(1),
  registry: z.string(),
  readAt: z.iso.datetime(),
  subgraphs: z.array(
    z.object({
      name: z.string(),
      owner: z.string(),
      version: z.int(),
      url: z.string(),
      files: z.array(sdlFile),
    }),
  ),
});

/** What the registry held when it was last asked. */
export interface KeptSubgraphs {
  readonly readAt: Date;
  readonly subgraphs: readonly OtherSubgraph[];
}

const fileIn = (devFolder: string) => join(devFolder, 'subgraphs.json');

/** `null` when nothing readable was kept from this registry. */
export async function readKeptSubgraphs(
  devFolder: string,
  registry: string,
): Promise<KeptSubgraphs | null> {
  try {
    const read = kept.parse(JSON.parse(await readFile(fileIn(devFolder), 'utf8')));
    if (read.registry !== registry) return null;
    return { readAt: new Date(read.readAt), subgraphs: read.subgraphs };
  } catch {
    // Not there, or of another version: the registry is asked again.
    return null;
  }
}

/** A part file first, so that a crash leaves what was there. */
export async function keepSubgraphs(
  devFolder: string,
  registry: string,
  { readAt, subgraphs }: KeptSubgraphs,
): Promise<void> {
  await openDevFolder(devFolder);
  const part = join(devFolder, `subgraphs.${randomUUID()}.part`);
  try {
    await writeFile(
      part,
      JSON.stringify({ version: 1, registry, readAt: readAt.toISOString(), subgraphs }),
    );
    await rename(part, fileIn(devFolder));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
