import type { Kysely } from 'kysely';
import { romeDay } from '../../reference/rome-day.ts';
import type { TableDatabase } from '../../store/open-database.ts';
import type { ReadProtocolOwner } from '../protocol-owner.ts';
import { protocolsInForce } from './postgres-register-store.ts';
import type { RegisterTables } from './register-tables.ts';

/** Reads the owner of a protocol in force from PostgreSQL. */
export function createProtocolOwnerReader(
  database: TableDatabase,
  now: () => Date,
): ReadProtocolOwner {
  return async (code) =>
    readProtocolOwner(await database.ready<RegisterTables>(), code, romeDay(now()));
}

/** Within a change, on its own connection: the writer's lock is held, and another one would wait for it. */
export async function readProtocolOwner(
  db: Kysely<RegisterTables>,
  code: string,
  day: string,
): Promise<string | null> {
  // Two versions are never in force on one day.
  const owner = await protocolsInForce(db, day)
    .innerJoin('seat', 'seat.id', 'owner_seat_id')
    .select('organisation')
    .where('code', '=', code)
    .executeTakeFirst();
  return owner?.organisation ?? null;
}
