import { HubError } from '@tavolo/subgraph-kit';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Migrations } from '../store/migrate.ts';
import type { TableDatabase } from '../store/open-database.ts';
import type { ImmediateReceptionStore, RuleRow } from './immediate-reception-store.ts';

export interface ImmediateReceptionTables {
  immediate_reception_rule: {
    version: number;
    adopted_on: string;
    valid_from: string;
    acceptance_hours: number | null;
    first_intervention_hours: number;
    first_intervention_from: RuleRow['firstInterventionFrom'];
    maximum_days: number;
  };
}

export const immediateReceptionMigrations: Migrations = {
  part: 'immediate-reception',
  steps: [
    // The terms of the founding document: three months, a first intervention by twelve hours.
    `CREATE TABLE coordination.immediate_reception_rule (
       version int PRIMARY KEY, adopted_on date NOT NULL, valid_from date NOT NULL UNIQUE,
       acceptance_hours int, first_intervention_hours int NOT NULL,
       first_intervention_from text NOT NULL
         CHECK (first_intervention_from IN ('RECEPTION_START', 'DESK_CONTACT')),
       maximum_days int NOT NULL
     );
     INSERT INTO coordination.immediate_reception_rule
       VALUES (1, '2011-01-01', '2011-01-01', NULL, 12, 'RECEPTION_START', 90)`,
  ],
};

export function createPostgresImmediateReceptionStore(
  database: TableDatabase,
): ImmediateReceptionStore {
  return {
    rules: async () => readRules(await database.ready<ImmediateReceptionTables>()),
  };
}

/** Adds a version; within a change. */
export async function addRule(
  transaction: Transaction<ImmediateReceptionTables>,
  rule: Omit<RuleRow, 'version'>,
): Promise<RuleRow> {
  const last = (await readRules(transaction)).at(-1);
  if (last !== undefined && rule.validFrom <= last.validFrom) {
    throw new HubError(
      'BAD_USER_INPUT',
      `validFrom must be after ${last.validFrom}, the first day of version ${last.version}: terms that were in force are not rewritten`,
    );
  }
  const added = { version: (last?.version ?? 0) + 1, ...rule };
  await transaction
    .insertInto('immediate_reception_rule')
    .values({
      version: added.version,
      adopted_on: added.adoptedOn,
      valid_from: added.validFrom,
      acceptance_hours: added.acceptanceHours,
      first_intervention_hours: added.firstInterventionHours,
      first_intervention_from: added.firstInterventionFrom,
      maximum_days: added.maximumDays,
    })
    .execute();
  return added;
}

async function readRules(db: Kysely<ImmediateReceptionTables>): Promise<readonly RuleRow[]> {
  return db
    .selectFrom('immediate_reception_rule')
    .select([
      'version',
      // As text: the driver would make a moment of a day, in the zone of this machine.
      sql<string>`adopted_on::text`.as('adoptedOn'),
      sql<string>`valid_from::text`.as('validFrom'),
      'acceptance_hours as acceptanceHours',
      'first_intervention_hours as firstInterventionHours',
      'first_intervention_from as firstInterventionFrom',
      'maximum_days as maximumDays',
    ])
    .orderBy('version')
    .execute();
}
