import type { SourceManifest } from '../../source-manifest.ts';
import type { World } from '../../world.ts';
import { writeExports } from './write-exports.ts';
import { writePresenceWorkbooks } from './write-presence-workbooks.ts';

/** Ten days show every kind of change and keep a first start short. */
const defaultDays = 10;

/** Writes what the reception centres send: daily presence workbooks, the data bank's exports, the desks' list. */
export async function writeReceptionCentres(
  world: World,
  folder: string,
  options: {
    readonly dirtyShare: number;
    readonly random: () => number;
    readonly days?: number;
  },
): Promise<SourceManifest> {
  const { dirtyShare, random, days = defaultDays } = options;
  const presences = await writePresenceWorkbooks(world, folder, { dirtyShare, random, days });
  const exports = await writeExports(world, folder, { dirtyShare, random });
  return {
    files: [...presences.files, ...exports.files],
    rows: presences.rows + exports.rows,
    dirty: [...presences.dirty, ...exports.dirty],
  };
}
