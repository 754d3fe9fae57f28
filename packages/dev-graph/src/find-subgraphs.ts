import { type KeptSubgraphs, keepSubgraphs, readKeptSubgraphs } from './kept-subgraphs.ts';
import { type AskRegistry, readRegistry } from './read-registry.ts';

export interface FoundSubgraphs extends KeptSubgraphs {
  readonly from: 'registry' | 'kept';
  /** Why the registry could not be asked; `null` when it was. */
  readonly problem: unknown;
}

/** The registry's subgraphs, or those of last time when it cannot be asked; rejects when there are neither. */
export async function findSubgraphs(options: {
  /** Its origin: what was kept from another hub is not taken. */
  readonly registry: string;
  readonly devFolder: string;
  /** Rejects when nobody is logged in. */
  readonly open: () => Promise<AskRegistry>;
  readonly now: () => Date;
}): Promise<FoundSubgraphs> {
  const { registry, devFolder, open, now } = options;
  const kept = await readKeptSubgraphs(devFolder, registry);
  let subgraphs: KeptSubgraphs['subgraphs'];
  try {
    subgraphs = await readRegistry(await open(), kept?.subgraphs ?? []);
  } catch (error) {
    if (!kept) throw error;
    return { ...kept, from: 'kept', problem: error };
  }
  const found = { readAt: now(), subgraphs };
  await keepSubgraphs(devFolder, registry, found);
  return { ...found, from: 'registry', problem: null };
}
