import type { FactDatabase } from './fact-database.ts';
import type { FactShape } from './fact-shape.ts';
import { createStaging, materialise, quoted, stagingTable, tableOfVersion } from './fact-sql.ts';
import { FactStoreProblem } from './fact-store-problem.ts';
import { readStates, type StoredState } from './state-table.ts';

/** Runs every expression over no rows, so that a fact file which does not fit is known before anything is loaded. */
export async function tryExpressions(
  database: FactDatabase,
  shapes: readonly FactShape[],
): Promise<void> {
  for (const shape of shapes) {
    const into = `trial_${shape.fact.name}`;
    await database.write(async (writer) => {
      await writer.run(createStaging(shape));
      const from = stagingTable(shape.fact);
      try {
        await writer.run(
          materialise({ shape, from, into, loadedOn: '2024-01-01', keepsUnitRef: false }),
        );
      } catch (cause) {
        // No rows, so no values: the first line quotes the fact file alone.
        const said = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
        throw new FactStoreProblem(
          `fact ${shape.fact.name}: an expression cannot be computed; correct its file. DuckDB: ${said}`,
          { cause },
        );
      } finally {
        await writer.run(`DROP TABLE IF EXISTS ${quoted(into)}`);
      }
    });
  }
}

/** Forgets rows of facts that are declared otherwise now, and what a crash left half made. */
export async function settleTables(
  database: FactDatabase,
  shapes: readonly FactShape[],
): Promise<readonly StoredState[]> {
  const stored = await readStates(database);
  const valid = shapes.flatMap((shape) => {
    const state = stored.get(shape.fact.name);
    return state?.definitionHash === shape.definitionHash ? [state] : [];
  });
  const expected = new Set(valid.map(({ state, version }) => tableOfVersion(state.fact, version)));
  const tables = await database.read(
    "SELECT table_name FROM duckdb_tables() WHERE table_name <> 'load_state'",
  );
  const present = new Set(tables.map((row) => String(row['table_name'])));
  const kept = valid.filter(
    ({ state, version }) => version === 0 || present.has(tableOfVersion(state.fact, version)),
  );
  await database.write((writer) =>
    writer.transaction(async () => {
      for (const table of present) {
        if (!expected.has(table)) await writer.run(`DROP TABLE ${quoted(table)}`);
      }
      const names = new Set(kept.map(({ state }) => state.fact));
      for (const fact of stored.keys()) {
        if (!names.has(fact))
          await writer.run('DELETE FROM load_state WHERE fact = $fact', { fact });
      }
    }),
  );
  return kept;
}
