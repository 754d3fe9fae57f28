import type { ConsumerClient } from '@tavolo/access-model';
import type { ConsumerEntry } from '../model/consumer.ts';
import type { PartnerEntry } from '../model/partner.ts';
import type { PurposeEntry } from '../model/purpose.ts';
import type { OperationStore } from '../schemas/store/operation-store.ts';
import type { SchemaReader, SchemaWriter } from '../schemas/store/schema-store.ts';

/** By what a token says a client program is known. */
export type ClientIdentity = Pick<ConsumerClient, 'issuer' | 'clientId' | 'organisation'>;

/** What is kept of each kind. */
export interface RegistryEntries {
  readonly partner: PartnerEntry;
  readonly consumer: ConsumerEntry;
  readonly purpose: PurposeEntry;
}

export type RegistryKind = keyof RegistryEntries;

/** An entry with its kind. */
export type RegistryEntry = {
  [K in RegistryKind]: { readonly kind: K; readonly entry: RegistryEntries[K] };
}[RegistryKind];

export interface PageOf {
  /** Entries with a greater id. */
  readonly after: string;
  readonly first: number;
}

/** Everything at one moment. */
export interface RegistryContents {
  /** Grows by one with every change. */
  readonly version: number;
  readonly partners: readonly PartnerEntry[];
  readonly consumers: readonly ConsumerEntry[];
  readonly purposes: readonly PurposeEntry[];
}

/** Lists are in the order of the ids. */
export interface RegistryReader {
  partner(id: string): Promise<PartnerEntry | null>;
  /** All of them: there are few. */
  partners(): Promise<readonly PartnerEntry[]>;
  consumer(id: string): Promise<ConsumerEntry | null>;
  /** The one consumer that has this client. */
  consumerOfClient(client: ClientIdentity): Promise<ConsumerEntry | null>;
  consumersPage(page: PageOf): Promise<readonly ConsumerEntry[]>;
  purpose(id: string): Promise<PurposeEntry | null>;
  /** Of one consumer, or of all. */
  purposesPage(page: PageOf, consumerId: string | null): Promise<readonly PurposeEntry[]>;
  /** Ids of partners whose data some purpose of this consumer in force reads. */
  partnersReadBy(consumerId: string): Promise<readonly string[]>;
  count(kind: RegistryKind): Promise<number>;
  readonly schemas: SchemaReader;
}

/** What a change may do; nobody else changes anything meanwhile. */
export interface RegistryWriter extends RegistryReader {
  /** The version that the registry has when this change is kept. */
  readonly versionAfter: number;
  save(entry: RegistryEntry): Promise<void>;
  readonly schemas: SchemaWriter;
}

/** What tells other processes' changes. */
export interface RegistryHeads {
  /** Grows by one with every change of an entry. */
  readonly version: number;
  /** Of the newest release of the supergraph; 0 = there is none. */
  readonly sequence: number;
}

/** What the registry needs of storage. */
export interface RegistryStore extends RegistryReader {
  version(): Promise<number>;
  heads(): Promise<RegistryHeads>;
  contents(): Promise<RegistryContents>;
  /**
   * One change at a time, over all processes. Kept when `work` resolves, and nothing of it when it rejects;
   * the version grows by one when an entry was saved; schemas have their own sequence.
   */
  change<T>(work: (writer: RegistryWriter) => Promise<T>): Promise<T>;
  readonly operations: OperationStore;
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

/** A client of a consumer is another consumer's already. */
export class ClientInUseError extends Error {
  override readonly name = 'ClientInUseError';
}
