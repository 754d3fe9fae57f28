import type { ColumnType } from 'kysely';
import type { ConsumerEntry } from '../model/consumer.ts';
import type { PartnerEntry } from '../model/partner.ts';
import type { PurposeEntry } from '../model/purpose.ts';

/** Written as text, read parsed; only the registry writes it, so it is what it was. */
type Json<T> = ColumnType<T, string, string>;

/** The tables of the schema `registry`. */
export interface RegistryDatabase {
  /** One row. */
  head: { version: ColumnType<string, number, number> };
  partner: { id: string; revision: number; entry: Json<PartnerEntry> };
  consumer: { id: string; revision: number; entry: Json<ConsumerEntry> };
  client: { issuer: string; client_id: string; organisation: string; consumer_id: string };
  purpose: { id: string; revision: number; consumer_id: string; entry: Json<PurposeEntry> };
}
