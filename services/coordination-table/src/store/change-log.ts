import { createHash } from 'node:crypto';
import type { Caller } from '@tavolo/subgraph-kit';
import { HubError } from '@tavolo/subgraph-kit';
import { type ColumnType, type Kysely, sql, type Transaction } from 'kysely';
import { type Migrations, writerLock } from './migrate.ts';
import type { TableDatabase } from './open-database.ts';

/** What changes, asked by whom. */
export interface Change {
  readonly caller: Caller;
  /** Such as `acceptDomicileTurn`. */
  readonly mutation: string;
  /** Drawn by the client, once a change: the same key changes nothing twice. */
  readonly clientKey: string;
  /** All that the change was asked with. */
  readonly input: unknown;
}

interface ChangeTables {
  change: {
    organisation: string;
    client_key: string;
    mutation: string;
    input_hash: string;
    result: ColumnType<unknown, string, never>;
    made_at: ColumnType<Date, Date, never>;
    made_by: string;
    purpose: string;
    request: string;
  };
}

export const changeLogMigrations: Migrations = {
  part: 'change-log',
  steps: [
    `CREATE TABLE coordination.change (
       organisation text NOT NULL, client_key text NOT NULL, mutation text NOT NULL,
       input_hash text NOT NULL, result jsonb NOT NULL, made_at timestamptz NOT NULL,
       made_by text NOT NULL, purpose text NOT NULL, request text NOT NULL,
       PRIMARY KEY (organisation, client_key)
     )`,
  ],
};

/**
 * Makes each change once, whole and alone: one writer at a time over all processes, and the change together
 * with the note of who made it. What a change was asked with is kept as a hash only.
 */
export interface ChangeLog {
  /**
   * Runs `work` in a transaction unless the caller already made this change; then its result is given again,
   * without asking `work` what the caller may do: so a key that a colleague used is refused, as is one's own
   * after one's districts changed. `Tables` are those `work` touches. The result must survive JSON.
   */
  apply<Tables, Result>(
    change: Change,
    work: (transaction: Transaction<Tables>, at: Date) => Promise<Result>,
  ): Promise<Result>;
}

export function createChangeLog(database: TableDatabase, now: () => Date): ChangeLog {
  return {
    async apply<Tables, Result>(
      { caller, mutation, clientKey, input }: Change,
      work: (transaction: Transaction<Tables>, at: Date) => Promise<Result>,
    ) {
      if (!/^[\w.:-]{8,100}$/u.test(clientKey)) {
        throw new HubError(
          'BAD_USER_INPUT',
          'clientKey must have 8 to 100 letters, digits or any of _ . : -; draw a new UUID for each change',
        );
      }
      // With who asks and for where: a result is given again to nobody else, nor after the districts changed.
      const { user, districts } = caller;
      const inputHash = createHash('sha256')
        .update(JSON.stringify({ mutation, input, user, districts }))
        .digest('hex');
      const db: Kysely<ChangeTables> = await database.ready<ChangeTables>();
      return db.transaction().execute(async (transaction) => {
        await sql`SELECT pg_advisory_xact_lock(${writerLock})`.execute(transaction);
        const made = await transaction
          .selectFrom('change')
          .select(['input_hash', 'result'])
          .where('organisation', '=', caller.organisation)
          .where('client_key', '=', clientKey)
          .executeTakeFirst();
        if (made) {
          if (made.input_hash !== inputHash) {
            throw new HubError(
              'BAD_USER_INPUT',
              'clientKey was already used for another change, or by somebody else; draw a new one for each change',
            );
          }
          // Written below from a `Result`; the hash says it answers the same change.
          return made.result as Result;
        }
        const at = now();
        // The same connection; each part knows its own tables only.
        const result = await work(transaction as unknown as Transaction<Tables>, at);
        await transaction
          .insertInto('change')
          .values({
            organisation: caller.organisation,
            client_key: clientKey,
            mutation,
            input_hash: inputHash,
            result: JSON.stringify(result),
            made_at: at,
            made_by: caller.user,
            purpose: caller.purposeId,
            request: caller.requestId,
          })
          .execute();
        // As the same answer will be given again.
        return JSON.parse(JSON.stringify(result)) as Result;
      });
    },
  };
}
