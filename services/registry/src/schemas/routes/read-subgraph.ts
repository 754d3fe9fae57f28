import type { SubgraphView } from '@tavolo/registry-api';
import { Refusal } from '../../refusal.ts';
import type { RegistryReader } from '../../store/registry-store.ts';
import type { SubgraphEntry } from '../model/subgraph-entry.ts';
import { viewSubgraph } from '../view-subgraph.ts';

/** One subgraph as others see it, or the refusal that there is none. */
export async function readSubgraph(store: RegistryReader, name: string): Promise<SubgraphView> {
  const entry = await readEntry(store, name);
  const inForce = entry.version === null ? null : await store.schemas.version(name, entry.version);
  return viewSubgraph(entry, inForce, await store.partners());
}

export async function readEntry(store: RegistryReader, name: string): Promise<SubgraphEntry> {
  const entry = await store.schemas.subgraph(name);
  if (entry === null) throw new Refusal('NOT_FOUND', 'There is no such subgraph');
  return entry;
}
