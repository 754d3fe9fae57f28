import type { PartnerEntry } from '../model/partner.ts';
import type { RegistryReader } from '../store/registry-store.ts';
import type { DigestedSource } from './composition/composition-job.ts';
import type { ContractEntry, WaiverEntry } from './model/contract-entry.ts';
import type { SubgraphEntry, VersionText } from './model/subgraph-entry.ts';

/** The graph as it stands, and all that a judgement of it depends on. */
export interface Basis {
  /** Other words = something changed since. */
  readonly key: string;
  readonly partners: readonly PartnerEntry[];
  readonly subgraphs: ReadonlyMap<string, SubgraphEntry>;
  readonly inForce: readonly VersionText[];
  readonly contracts: readonly ContractEntry[];
  readonly waivers: readonly WaiverEntry[];
  /** The supergraph in force; null = there is none. */
  readonly release: { readonly id: string; readonly sdl: string; readonly sequence: number } | null;
}

/** The key comes first: what changes while the rest is read makes it an old one. */
export async function readBasis(reader: RegistryReader): Promise<Basis> {
  const key = await basisKey(reader);
  const released = await reader.schemas.releasedSdl(null);
  return {
    key,
    partners: await reader.partners(),
    subgraphs: new Map((await reader.schemas.subgraphs()).map((entry) => [entry.name, entry])),
    inForce: await reader.schemas.textsInForce(),
    contracts: await reader.schemas.contracts(),
    waivers: await reader.schemas.waivers(),
    release:
      released === null
        ? null
        : { id: released.head.id, sdl: released.sdl, sequence: released.head.sequence },
  };
}

/** Cheap enough to be read again while everybody waits; texts are not read. */
export async function basisKey(reader: RegistryReader): Promise<string> {
  const { schemas } = reader;
  const head = await schemas.releaseHead();
  return JSON.stringify([
    head?.sequence ?? 0,
    await schemas.subgraphs(),
    (await reader.partners()).map(({ id, content }) => [id, content.subgraphs]),
    await schemas.contracts(),
    await schemas.waivers(),
  ]);
}

/** The partner that answers for a subgraph: who names it, else who did; null = nobody ever did. */
export function ownerOf(
  { partners, subgraphs }: Pick<Basis, 'partners' | 'subgraphs'>,
  name: string,
): string | null {
  const partner = partners.find(({ content }) => content.subgraphs.includes(name));
  return partner?.id ?? subgraphs.get(name)?.owner ?? null;
}

/** A version as the composer takes it. */
export function sourceOf(
  basis: Basis,
  { subgraph, url, files, digest }: Pick<VersionText, 'subgraph' | 'url' | 'files' | 'digest'>,
): DigestedSource {
  return { name: subgraph, owner: ownerOf(basis, subgraph) ?? 'hub', url, files, digest };
}
