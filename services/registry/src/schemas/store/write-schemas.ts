import { sql, type Transaction } from 'kysely';
import type { RegistryDatabase } from '../../store/registry-database.ts';
import { createPostgresSchemaReader } from './read-schemas.ts';
import { mostKept, type SchemaWriter } from './schema-store.ts';

/** Writes schemas inside a change. */
export function createPostgresSchemaWriter(
  transaction: Transaction<RegistryDatabase>,
): SchemaWriter {
  const tables = transaction.withSchema('registry');
  return {
    ...createPostgresSchemaReader(async () => transaction),
    async saveSubgraph(subgraph) {
      const entry = JSON.stringify(subgraph);
      await tables
        .insertInto('subgraph')
        .values({ name: subgraph.name, entry })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ entry }))
        .execute();
    },
    async saveVersion({ files, ...version }) {
      const row = { entry: JSON.stringify(version), files: JSON.stringify(files) };
      await tables
        .insertInto('subgraph_version')
        .values({ subgraph: version.subgraph, version: version.version, ...row })
        .onConflict((conflict) => conflict.columns(['subgraph', 'version']).doUpdateSet(row))
        .execute();
      await dropOldVersions(transaction, version.subgraph, true, mostKept.servedVersions);
      await dropOldVersions(transaction, version.subgraph, false, mostKept.drafts);
    },
    async saveRelease({ head, sdl, owners, contracts }) {
      const { sequence } = head;
      await tables
        .insertInto('release')
        .values({
          sequence,
          head: JSON.stringify(head),
          sdl,
          owners: JSON.stringify(owners),
        })
        .execute();
      for (const { contract, sdl: variant } of contracts) {
        await tables
          .insertInto('release_contract')
          .values({ sequence, contract, sdl: variant })
          .execute();
      }
      await tables
        .deleteFrom('release')
        .where('sequence', '<=', sequence - mostKept.releases)
        .execute();
      await tables.updateTable('head').set({ release_sequence: sequence }).execute();
    },
    async saveContract(contract) {
      const entry = JSON.stringify(contract);
      await tables
        .insertInto('contract')
        .values({ name: contract.name, entry })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ entry }))
        .execute();
    },
    async saveWaiver(waiver) {
      const { subgraph, code, coordinate } = waiver;
      const entry = JSON.stringify(waiver);
      await tables
        .insertInto('waiver')
        .values({ subgraph, code, coordinate, entry })
        .onConflict((conflict) =>
          conflict.columns(['subgraph', 'code', 'coordinate']).doUpdateSet({ entry }),
        )
        .execute();
    },
  };
}

async function dropOldVersions(
  transaction: Transaction<RegistryDatabase>,
  name: string,
  wasServed: boolean,
  kept: number,
): Promise<void> {
  const isOfKind = wasServed
    ? sql`entry ->> 'publishedAt' IS NOT NULL`
    : sql`entry ->> 'publishedAt' IS NULL`;
  await sql`
    DELETE FROM registry.subgraph_version WHERE subgraph = ${name} AND version IN (
      SELECT version FROM registry.subgraph_version WHERE subgraph = ${name} AND ${isOfKind}
      ORDER BY version DESC OFFSET ${kept}
    ) AND version IS DISTINCT FROM (
      SELECT (entry ->> 'version')::int FROM registry.subgraph WHERE name = ${name}
    )`.execute(transaction);
}
