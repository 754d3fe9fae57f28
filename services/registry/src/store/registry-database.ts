import type { SdlFile } from '@tavolo/schema-check';
import type { ColumnType } from 'kysely';
import type { ConsumerEntry } from '../model/consumer.ts';
import type { PartnerEntry } from '../model/partner.ts';
import type { PurposeEntry } from '../model/purpose.ts';
import type { ContractEntry, WaiverEntry } from '../schemas/model/contract-entry.ts';
import type { FieldOwners, ReleaseHead } from '../schemas/model/release-entry.ts';
import type { SubgraphEntry, VersionEntry } from '../schemas/model/subgraph-entry.ts';

/** Written as text, read parsed; only the registry writes it, so it is what it was. */
type Json<T> = ColumnType<T, string, string>;

/** The tables of the schema `registry`. */
export interface RegistryDatabase {
  /** One row. */
  head: {
    version: ColumnType<string, number, number>;
    release_sequence: ColumnType<string, number, number>;
  };
  partner: { id: string; revision: number; entry: Json<PartnerEntry> };
  consumer: { id: string; revision: number; entry: Json<ConsumerEntry> };
  client: { issuer: string; client_id: string; organisation: string; consumer_id: string };
  purpose: { id: string; revision: number; consumer_id: string; entry: Json<PurposeEntry> };
  subgraph: { name: string; entry: Json<SubgraphEntry> };
  subgraph_version: {
    subgraph: string;
    version: number;
    entry: Json<VersionEntry>;
    files: Json<readonly SdlFile[]>;
  };
  release: {
    sequence: number;
    head: Json<ReleaseHead>;
    sdl: string;
    owners: Json<FieldOwners>;
  };
  release_contract: { sequence: number; contract: string; sdl: string };
  contract: { name: string; entry: Json<ContractEntry> };
  waiver: { subgraph: string; code: string; coordinate: string; entry: Json<WaiverEntry> };
}
