import type { LinkageKeyMark } from '@tavolo/linkage';
import { sql, type Transaction } from 'kysely';
import type { Partner } from '../partner.ts';
import type { IndexDatabase } from './index-database.ts';
import { LinkageKeyMismatchError } from './person-index-store.ts';

/**
 * The first institution to name a key id says what it means; as long as it is alone with it, it can correct a mistake.
 * Throws LinkageKeyMismatchError.
 */
export async function checkLinkageKey(
  transaction: Transaction<IndexDatabase>,
  partner: Partner,
  { id, check }: LinkageKeyMark,
): Promise<void> {
  const { rows } = await sql<{ is_same: boolean }>`
    INSERT INTO person_index.linkage_key AS k (id, key_check, named_by, is_agreed)
    VALUES (${id}, ${check}, ${partner}, false)
    ON CONFLICT (id) DO UPDATE SET
      key_check = CASE WHEN k.named_by = excluded.named_by AND NOT k.is_agreed
        THEN excluded.key_check ELSE k.key_check END,
      is_agreed = k.is_agreed
        OR (k.key_check = excluded.key_check AND k.named_by IS DISTINCT FROM excluded.named_by)
    RETURNING key_check = ${check} AS is_same`.execute(transaction);
  if (rows[0]?.is_same !== true) {
    throw new LinkageKeyMismatchError(
      'this is not the key first enrolled under this key id; compare your check with the other institutions’, ' +
        'then whoever has it wrong corrects its key, or all agree on one under a new id',
    );
  }
}
