import { type Kysely, sql } from 'kysely';
import type { RegistryDatabase } from '../../store/registry-database.ts';
import type { SchemaReader } from './schema-store.ts';

/** Reads schemas over a connection, inside or outside a change. */
export function createPostgresSchemaReader(
  open: () => Promise<Kysely<RegistryDatabase>>,
): SchemaReader {
  const tables = async () => (await open()).withSchema('registry');
  const newest = async () =>
    (await tables()).selectFrom('release').orderBy('sequence', 'desc').limit(1);
  const inForce = async () =>
    (await tables())
      .selectFrom('subgraph_version')
      .innerJoin('subgraph', 'subgraph.name', 'subgraph_version.subgraph')
      .whereRef(
        'subgraph_version.version',
        '=',
        sql<number>`(registry.subgraph.entry ->> 'version')::int`,
      )
      .orderBy('subgraph_version.subgraph');
  return {
    async subgraphs() {
      const db = await tables();
      const rows = await db.selectFrom('subgraph').select('entry').orderBy('name').execute();
      return rows.map(({ entry }) => entry);
    },
    async subgraph(name) {
      const db = await tables();
      const query = db.selectFrom('subgraph').select('entry').where('name', '=', name);
      return (await query.executeTakeFirst())?.entry ?? null;
    },
    async versionsPage(name, { before, first }) {
      const db = await tables();
      let query = db.selectFrom('subgraph_version').select('entry').where('subgraph', '=', name);
      if (before !== null) query = query.where('version', '<', before);
      const rows = await query.orderBy('version', 'desc').limit(first).execute();
      return rows.map(({ entry }) => entry);
    },
    async version(name, version) {
      const db = await tables();
      const row = await db
        .selectFrom('subgraph_version')
        .select(['entry', 'files'])
        .where('subgraph', '=', name)
        .where('version', '=', version)
        .executeTakeFirst();
      return row === undefined ? null : { ...row.entry, files: row.files };
    },
    async versionsInForce() {
      const rows = await (await inForce()).select('subgraph_version.entry').execute();
      return rows.map(({ entry }) => entry);
    },
    async textsInForce() {
      const query = await inForce();
      const rows = await query
        .select(['subgraph_version.entry', 'subgraph_version.files'])
        .execute();
      return rows.map(({ entry, files }) => ({ ...entry, files }));
    },
    async releaseHead() {
      return (await (await newest()).select('head').executeTakeFirst())?.head ?? null;
    },
    async release() {
      const query = await newest();
      const row = await query.select(['head', 'sdl', 'owners']).executeTakeFirst();
      if (row === undefined) return null;
      const contracts = await (await tables())
        .selectFrom('release_contract')
        .select(['contract', 'sdl'])
        .where('sequence', '=', row.head.sequence)
        .orderBy('contract')
        .execute();
      return { ...row, contracts };
    },
    async releasedSdl(contract) {
      const query = await newest();
      if (contract === null) {
        return (await query.select(['head', 'sdl']).executeTakeFirst()) ?? null;
      }
      // One statement: a release that comes meanwhile must not lend its text to the head of another.
      const row = await query
        .innerJoin('release_contract', (join) =>
          join
            .onRef('release_contract.sequence', '=', 'release.sequence')
            .on('release_contract.contract', '=', contract),
        )
        .where('release.sequence', '=', sql<number>`(SELECT max(sequence) FROM registry.release)`)
        .clearOrderBy()
        .select(['release.head', 'release_contract.sdl'])
        .executeTakeFirst();
      return row ?? null;
    },
    async fieldOwners() {
      return (await (await newest()).select('owners').executeTakeFirst())?.owners ?? null;
    },
    async contracts() {
      const db = await tables();
      const rows = await db.selectFrom('contract').select('entry').orderBy('name').execute();
      return rows.map(({ entry }) => entry);
    },
    async waivers() {
      const db = await tables();
      const rows = await db
        .selectFrom('waiver')
        .select('entry')
        .orderBy('subgraph')
        .orderBy('code')
        .orderBy('coordinate')
        .execute();
      return rows.map(({ entry }) => entry);
    },
  };
}
