import type { ContractEntry, WaiverEntry } from '../model/contract-entry.ts';
import type { ReleaseEntry } from '../model/release-entry.ts';
import type { SubgraphEntry, VersionEntry, VersionText } from '../model/subgraph-entry.ts';
import { mostKept, type SchemaReader, type SchemaWriter } from './schema-store.ts';

/** Everything the schemas' side keeps; never changed, only replaced. */
export interface SchemaTables {
  readonly subgraphs: ReadonlyMap<string, SubgraphEntry>;
  /** By name, newest last. */
  readonly versions: ReadonlyMap<string, readonly VersionText[]>;
  /** Newest last. */
  readonly releases: readonly ReleaseEntry[];
  readonly contracts: ReadonlyMap<string, ContractEntry>;
  readonly waivers: ReadonlyMap<string, WaiverEntry>;
}

export const emptySchemaTables: SchemaTables = {
  subgraphs: new Map(),
  versions: new Map(),
  releases: [],
  contracts: new Map(),
  waivers: new Map(),
};

export function readMemorySchemas(tables: () => SchemaTables): SchemaReader {
  const textsInForce = () =>
    byKey(tables().subgraphs).flatMap(({ name, version }) =>
      (tables().versions.get(name) ?? []).filter((one) => one.version === version),
    );
  const release = () => tables().releases.at(-1) ?? null;
  return {
    subgraphs: async () => byKey(tables().subgraphs),
    subgraph: async (name) => tables().subgraphs.get(name) ?? null,
    versionsPage: async (name, { before, first }) =>
      (tables().versions.get(name) ?? [])
        .filter(({ version }) => before === null || version < before)
        .toReversed()
        .slice(0, first)
        .map(withoutText),
    version: async (name, version) =>
      tables()
        .versions.get(name)
        ?.find((one) => one.version === version) ?? null,
    versionsInForce: async () => textsInForce().map(withoutText),
    textsInForce: async () => textsInForce(),
    releaseHead: async () => release()?.head ?? null,
    release: async () => release(),
    async releasedSdl(contract) {
      const newest = release();
      if (newest === null) return null;
      const { head, sdl, contracts } = newest;
      if (contract === null) return { head, sdl };
      const variant = contracts.find((one) => one.contract === contract);
      return variant === undefined ? null : { head, sdl: variant.sdl };
    },
    fieldOwners: async () => release()?.owners ?? null,
    contracts: async () => byKey(tables().contracts),
    waivers: async () => byKey(tables().waivers),
  };
}

/** `replace` keeps what a change makes of the tables, as long as the change lasts. */
export function writeMemorySchemas(
  tables: () => SchemaTables,
  replace: (tables: SchemaTables) => void,
): SchemaWriter {
  return {
    ...readMemorySchemas(tables),
    async saveSubgraph(entry) {
      const subgraphs = new Map(tables().subgraphs).set(entry.name, entry);
      replace({ ...tables(), subgraphs });
    },
    async saveVersion(version) {
      const { subgraph } = version;
      const others = (tables().versions.get(subgraph) ?? []).filter(
        (one) => one.version !== version.version,
      );
      const all = [...others, version].sort((a, b) => a.version - b.version);
      const inForce = tables().subgraphs.get(subgraph)?.version;
      const kept = new Set([
        ...all.filter((one) => one.publishedAt !== null).slice(-mostKept.servedVersions),
        ...all.filter((one) => one.publishedAt === null).slice(-mostKept.drafts),
        ...all.filter((one) => one.version === inForce),
      ]);
      const versions = new Map(tables().versions).set(
        subgraph,
        all.filter((one) => kept.has(one)),
      );
      replace({ ...tables(), versions });
    },
    async saveRelease(release) {
      replace({ ...tables(), releases: [...tables().releases, release].slice(-mostKept.releases) });
    },
    async saveContract(contract) {
      const contracts = new Map(tables().contracts).set(contract.name, contract);
      replace({ ...tables(), contracts });
    },
    async saveWaiver(waiver) {
      const key = `${waiver.subgraph} ${waiver.code} ${waiver.coordinate}`;
      replace({ ...tables(), waivers: new Map(tables().waivers).set(key, waiver) });
    },
  };
}

function byKey<E>(table: ReadonlyMap<string, E>): E[] {
  return [...table].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

function withoutText(text: VersionText): VersionEntry {
  const { subgraph, version, digest, url, note, createdAt, createdBy, publishedAt } = text;
  return { subgraph, version, digest, url, note, createdAt, createdBy, publishedAt };
}
