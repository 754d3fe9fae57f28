import { HubError } from '@tavolo/subgraph-kit';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { AdoptPriorityCriteriaInput } from '../generated/resolver-types.ts';
import { readCriteria } from './postgres-priority-list-store.ts';
import type { CriteriaRow } from './priority-list-store.ts';
import type { PriorityListTables } from './priority-list-tables.ts';

const points = z.number().min(0).max(1_000);
const newCriteria = z.object({
  adoptedOn: z.string(),
  validFrom: z.string(),
  criteria: z
    .array(
      z.object({
        id: z.enum([
          'WAITING_WEEKS',
          'ART17_VULNERABILITY',
          'WITHOUT_RECEPTION',
          'IMMEDIATE_RECEPTION_ENDING',
          'HOUSEHOLD_SIZE',
          'NOT_FOLLOWED_BY',
          'NO_REFERENCE_PERSON',
          'NO_TUTOR',
        ]),
        weight: points,
        cap: points,
      }),
    )
    .min(1)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, {
      error: 'must name each criterion once',
    }),
  tieBreak: z.enum(['LONGEST_WAIT_THEN_LOT', 'LOT']),
  restrictedPeopleRule: z.enum(['RESERVED_PLACES']),
  reservedPlaces: z.int().min(0).max(100),
  eligibleReceptionTypes: z.array(z.enum(['CPA_HUB', 'CAS', 'SAI', 'IMMEDIATE_RECEPTION'])).max(4),
  demandValidDays: z.int().min(1).max(1_095),
  offerValidDays: z.int().min(1).max(30),
});

/** Adopts a version, within a change; what a list was made by is never changed. */
export async function adoptCriteria(
  transaction: Transaction<PriorityListTables>,
  input: AdoptPriorityCriteriaInput,
): Promise<CriteriaRow> {
  const read = newCriteria.safeParse(input);
  if (!read.success) throw new HubError('BAD_USER_INPUT', z.prettifyError(read.error));
  const { validFrom } = read.data;
  const last = (await readCriteria(transaction)).at(-1);
  if (last && validFrom <= last.validFrom) {
    refuse(`validFrom must be after ${last.validFrom}, the first day of version ${last.version}`);
  }
  const list = await transaction
    .selectFrom('priority_list')
    .select('id')
    .where('week_starts_on', '>=', validFrom)
    .limit(1)
    .executeTakeFirst();
  if (list)
    refuse('validFrom must be after the Monday of the newest list: no list changes its criteria');
  const row = { version: (last?.version ?? 0) + 1, ...read.data };
  await transaction
    .insertInto('priority_criteria')
    .values({ version: row.version, valid_from: validFrom, body: JSON.stringify(read.data) })
    .execute();
  return row;
}

function refuse(reason: string): never {
  throw new HubError('BAD_USER_INPUT', reason);
}
