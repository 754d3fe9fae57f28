import type { ConsumerEntry } from '../model/consumer.ts';
import type { PartnerEntry } from '../model/partner.ts';
import type { PurposeEntry } from '../model/purpose.ts';
import { createMemoryOperationStore } from '../schemas/store/memory-operation-store.ts';
import {
  emptySchemaTables,
  readMemorySchemas,
  type SchemaTables,
  writeMemorySchemas,
} from '../schemas/store/memory-schema-store.ts';
import {
  type ClientIdentity,
  ClientInUseError,
  type PageOf,
  type RegistryEntry,
  type RegistryReader,
  type RegistryStore,
} from './registry-store.ts';

interface Tables {
  readonly version: number;
  readonly partner: ReadonlyMap<string, PartnerEntry>;
  readonly consumer: ReadonlyMap<string, ConsumerEntry>;
  readonly purpose: ReadonlyMap<string, PurposeEntry>;
  readonly schemas: SchemaTables;
}

/** The registry in memory, for tests: the same promises, gone with the process. */
export function createMemoryRegistryStore(): RegistryStore {
  let kept: Tables = {
    version: 0,
    partner: new Map(),
    consumer: new Map(),
    purpose: new Map(),
    schemas: emptySchemaTables,
  };
  let lastChange: Promise<unknown> = Promise.resolve();

  return {
    ...readerOf(() => kept),
    version: async () => kept.version,
    heads: async () => ({
      version: kept.version,
      sequence: kept.schemas.releases.at(-1)?.head.sequence ?? 0,
    }),
    contents: async () => ({
      version: kept.version,
      partners: inOrder(kept.partner),
      consumers: inOrder(kept.consumer),
      purposes: inOrder(kept.purpose),
    }),
    change(work) {
      const turn = lastChange.then(async () => {
        let draft: Tables = kept;
        const saved: string[] = [];
        const result = await work({
          ...readerOf(() => draft),
          versionAfter: kept.version + 1,
          schemas: writeMemorySchemas(
            () => draft.schemas,
            (schemas) => {
              draft = { ...draft, schemas };
            },
          ),
          async save(change) {
            saved.push(change.entry.id);
            if (change.kind === 'consumer') refuseSharedClients(draft, change.entry);
            draft = withEntry(draft, change);
          },
        });
        kept = saved.length > 0 ? { ...draft, version: kept.version + 1 } : draft;
        return result;
      });
      lastChange = turn.catch(() => undefined);
      return turn;
    },
    operations: createMemoryOperationStore(),
    isReady: async () => true,
    close: async () => undefined,
  };
}

function readerOf(tables: () => Tables): RegistryReader {
  return {
    partner: async (id) => tables().partner.get(id) ?? null,
    partners: async () => inOrder(tables().partner),
    consumer: async (id) => tables().consumer.get(id) ?? null,
    consumerOfClient: async (client) =>
      [...tables().consumer.values()].find((consumer) => hasClient(consumer, client)) ?? null,
    consumersPage: async (page) => pageOf(inOrder(tables().consumer), page),
    purpose: async (id) => tables().purpose.get(id) ?? null,
    purposesPage: async (page, consumerId) =>
      pageOf(
        inOrder(tables().purpose).filter(
          (purpose) => consumerId === null || purpose.consumerId === consumerId,
        ),
        page,
      ),
    partnersReadBy: async (consumerId) => [
      ...new Set(
        [...tables().purpose.values()]
          .filter((purpose) => purpose.consumerId === consumerId && !purpose.isArchived)
          .flatMap(({ inForce }) => inForce?.owners ?? []),
      ),
    ],
    count: async (kind) => tables()[kind].size,
    schemas: readMemorySchemas(() => tables().schemas),
  };
}

function withEntry(tables: Tables, { kind, entry }: RegistryEntry): Tables {
  if (kind === 'partner') {
    return { ...tables, partner: new Map(tables.partner).set(entry.id, entry) };
  }
  if (kind === 'consumer') {
    return { ...tables, consumer: new Map(tables.consumer).set(entry.id, entry) };
  }
  return { ...tables, purpose: new Map(tables.purpose).set(entry.id, entry) };
}

function inOrder<E extends { readonly id: string }>(table: ReadonlyMap<string, E>): E[] {
  return [...table.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function pageOf<E extends { readonly id: string }>(entries: readonly E[], page: PageOf): E[] {
  return entries.filter(({ id }) => id > page.after).slice(0, page.first);
}

function hasClient(consumer: ConsumerEntry, client: ClientIdentity): boolean {
  return consumer.content.clients.some(
    ({ issuer, clientId, organisation }) =>
      issuer === client.issuer &&
      clientId === client.clientId &&
      organisation === client.organisation,
  );
}

function refuseSharedClients({ consumer }: Tables, entry: ConsumerEntry): void {
  for (const other of consumer.values()) {
    if (other.id === entry.id) continue;
    const isShared = entry.content.clients.some((client) => hasClient(other, client));
    if (isShared) throw new ClientInUseError('A client belongs to another consumer');
  }
}
