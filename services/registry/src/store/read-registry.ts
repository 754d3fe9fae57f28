import { type Kysely, sql } from 'kysely';
import { createPostgresSchemaReader } from '../schemas/store/read-schemas.ts';
import type { RegistryDatabase } from './registry-database.ts';
import type { RegistryReader } from './registry-store.ts';

/** How a client of no organisation in particular is kept; a token cannot name it: organisations have a name. */
export const nobodys = '';

/** Reads over a connection, inside or outside a change. */
export function createPostgresReader(
  open: () => Promise<Kysely<RegistryDatabase>>,
): RegistryReader {
  const tables = async () => (await open()).withSchema('registry');
  return {
    async partner(id) {
      const db = await tables();
      const query = db.selectFrom('partner').select('entry').where('id', '=', id);
      return (await query.executeTakeFirst())?.entry ?? null;
    },
    async partners() {
      const db = await tables();
      const rows = await db.selectFrom('partner').select('entry').orderBy('id').execute();
      return rows.map(({ entry }) => entry);
    },
    async consumer(id) {
      const db = await tables();
      const query = db.selectFrom('consumer').select('entry').where('id', '=', id);
      return (await query.executeTakeFirst())?.entry ?? null;
    },
    async consumerOfClient({ issuer, clientId, organisation }) {
      const db = await tables();
      const row = await db
        .selectFrom('client')
        .innerJoin('consumer', 'consumer.id', 'client.consumer_id')
        .select('consumer.entry')
        .where('client.issuer', '=', issuer)
        .where('client.client_id', '=', clientId)
        .where('client.organisation', '=', organisation ?? nobodys)
        .executeTakeFirst();
      return row?.entry ?? null;
    },
    async consumersPage({ after, first }) {
      const db = await tables();
      const rows = await db
        .selectFrom('consumer')
        .select('entry')
        .where('id', '>', after)
        .orderBy('id')
        .limit(first)
        .execute();
      return rows.map(({ entry }) => entry);
    },
    async purpose(id) {
      const db = await tables();
      const query = db.selectFrom('purpose').select('entry').where('id', '=', id);
      return (await query.executeTakeFirst())?.entry ?? null;
    },
    async purposesPage({ after, first }, consumerId) {
      const db = await tables();
      let query = db.selectFrom('purpose').select('entry').where('id', '>', after);
      if (consumerId !== null) query = query.where('consumer_id', '=', consumerId);
      const rows = await query.orderBy('id').limit(first).execute();
      return rows.map(({ entry }) => entry);
    },
    async partnersReadBy(consumerId) {
      const { rows } = await sql<{ owner: string }>`
        SELECT DISTINCT owner FROM registry.purpose,
          jsonb_array_elements_text(coalesce(entry #> '{inForce,owners}', '[]'::jsonb)) AS owner
        WHERE consumer_id = ${consumerId} AND entry -> 'isArchived' = 'false'::jsonb`.execute(
        await open(),
      );
      return rows.map(({ owner }) => owner);
    },
    async count(kind) {
      const db = await tables();
      const query = db.selectFrom(kind).select((row) => row.fn.countAll<string>().as('entries'));
      return Number((await query.executeTakeFirstOrThrow()).entries);
    },
    schemas: createPostgresSchemaReader(open),
  };
}
