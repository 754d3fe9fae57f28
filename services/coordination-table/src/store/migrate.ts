import { type Kysely, sql } from 'kysely';

/** The tables of one part of the service; forward only, a shipped statement is never edited. */
export interface Migrations {
  /** Such as `rotation`; never changed once shipped. */
  readonly part: string;
  /** Each may hold several statements, separated by semicolons. */
  readonly steps: readonly string[];
}

/** Any constant: serialises the writers of one table, also across processes. */
export const writerLock = 7_420_515;

/** Brings the schema `coordination` up to date; safe when several processes start at once. */
export async function migrate(
  db: Kysely<unknown>,
  everyPart: readonly Migrations[],
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock(${writerLock})`.execute(transaction);
    await sql`CREATE SCHEMA IF NOT EXISTS coordination`.execute(transaction);
    await sql`CREATE TABLE IF NOT EXISTS coordination.migration (
      part text NOT NULL, step int NOT NULL, PRIMARY KEY (part, step))`.execute(transaction);
    const { rows } = await sql<{ part: string; done: number }>`
      SELECT part, count(*)::int AS done FROM coordination.migration GROUP BY part`.execute(
      transaction,
    );
    const doneOf = new Map(rows.map(({ part, done }) => [part, done]));
    for (const { part, steps } of everyPart) {
      for (const [index, statements] of steps.entries()) {
        if (index < (doneOf.get(part) ?? 0)) continue;
        for (const statement of statements.split(';').filter((text) => text.trim() !== '')) {
          await sql.raw(statement).execute(transaction);
        }
        await sql`INSERT INTO coordination.migration VALUES (${part}, ${index + 1})`.execute(
          transaction,
        );
      }
    }
  });
}
