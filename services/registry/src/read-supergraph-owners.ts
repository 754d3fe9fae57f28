import { readFile } from 'node:fs/promises';
import { StartProblem } from '@tavolo/process-kit';
import type { OwnersOf } from './owners/owners-of-coordinates.ts';
import { readOwners } from './owners/read-owners.ts';

/** Reads the composed supergraph of a file, or says why it cannot be. */
export async function readSupergraphOwners(file: string): Promise<OwnersOf> {
  const sdl = await readFile(file, 'utf8').catch(() => {
    throw new StartProblem(
      'SUPERGRAPH_FILE cannot be read; give the path of the composed supergraph (npm run generate)',
    );
  });
  try {
    return readOwners(sdl);
  } catch {
    throw new StartProblem(
      'SUPERGRAPH_FILE is no GraphQL schema; compose it anew with npm run generate',
    );
  }
}
