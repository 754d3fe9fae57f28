import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
import type { DeriveId } from './apply-fact.ts';
import type { HealthFact } from './health-fact.ts';

/** Tables whose rows belong to a patient; on a clash of keys the survivor's own row stays. */
const tablesOfPatients = ['identifier', 'event', 'registration', 'flag', 'screening'] as const;

/** Keeps every local patient pointing at the one record that is in use, however merges follow each other. */
export function createPersonMerge(database: FeedDatabase, deriveId: DeriveId) {
  const sql = (text: string) => prepareSql(database, text);
  const find = sql('SELECT merged_into FROM person WHERE local_id = ?');
  const add = sql('INSERT INTO person (local_id, sector_key) VALUES (?, ?)');
  const pointAt = sql('UPDATE person SET merged_into = ? WHERE local_id = ? OR merged_into = ?');
  const remember = sql(
    'INSERT INTO merge (merged_id, survivor_id, at, message_id) VALUES (?, ?, ?, ?)',
  );
  const moves = tablesOfPatients.flatMap((table) => [
    sql(`UPDATE OR IGNORE ${table} SET local_id = ? WHERE local_id = ?`),
  ]);
  const leftovers = tablesOfPatients.map((table) => sql(`DELETE FROM ${table} WHERE local_id = ?`));

  /** The record in use for a local id, made known when it is new. */
  function survivorOf(localId: string): string {
    const row = find.get<{ merged_into: string | null }>([localId]);
    if (row === undefined) add.run([localId, deriveId('person', localId)]);
    return row?.merged_into ?? localId;
  }

  function merge(fact: Extract<HealthFact, { kind: 'merge' }>, messageId: number): void {
    const survivor = survivorOf(fact.survivorId);
    const merged = survivorOf(fact.mergedId);
    remember.run([fact.mergedId, fact.survivorId, fact.at, messageId]);
    if (survivor === merged) return;
    for (const move of moves) move.run([survivor, merged]);
    for (const leftover of leftovers) leftover.run([merged]);
    pointAt.run([survivor, merged, merged]);
  }

  return { survivorOf, merge };
}
