import { randomUUID } from 'node:crypto';
import { HubError } from '@tavolo/subgraph-kit';
import type { Transaction } from 'kysely';
import type { RecordDomicileOutsideRotationInput } from '../generated/resolver-types.ts';
import type { MayChange } from './change-turns.ts';
import type { OutsideRotationRow } from './rotation-store.ts';
import type { RotationTables } from './rotation-tables.ts';

/** Counts a declaration that the rotation did not give: of it only the municipality and the day are kept. */
export async function recordOutsideRotation(
  transaction: Transaction<RotationTables>,
  { istatCode, on }: RecordDomicileOutsideRotationInput,
  today: string,
  mayChange: MayChange,
): Promise<OutsideRotationRow> {
  // A code of nowhere and one of another district are refused alike.
  if (!/^\d{6}$/u.test(istatCode) || !mayChange(istatCode)) {
    throw new HubError('BAD_USER_INPUT', 'istatCode is of no municipality of your districts');
  }
  if (on > today) throw new HubError('BAD_USER_INPUT', 'on must not be after today');
  const id = randomUUID();
  await transaction
    .insertInto('domicile_outside_rotation')
    .values({ id, istat_code: istatCode, declared_on: on })
    .execute();
  return { id, istatCode, on };
}
