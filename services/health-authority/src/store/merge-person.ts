import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
import type { PersonAttributes } from '@tavolo/linkage';
import type { DeriveId } from './apply-fact.ts';
import type { HealthFact } from './health-fact.ts';
import { createPersonAttributeBook } from './person-attribute-book.ts';

/** Tables whose rows belong to a patient; on a clash of keys the survivor's own row stays. */
const tablesOfPatients = ['identifier', 'event', 'registration', 'flag', 'screening'] as const;

const nothingKnown: PersonAttributes = {
  name: null,
  birthDate: null,
  sex: null,
  citizenship: null,
};

/** Keeps every local patient pointing at the one record that is in use, however merges follow each other. */
export function createPersonMerge(database: FeedDatabase, deriveId: DeriveId) {
  const sql = (text: string) => prepareSql(database, text);
  const find = sql('SELECT merged_into FROM person WHERE local_id = ?');
  const findKnown = sql(`
    SELECT merged_into, name, birth_date AS birthDate, sex, citizenship FROM person
    LEFT JOIN person_attributes kept ON kept.local_id = coalesce(merged_into, person.local_id)
    WHERE person.local_id = ?`);
  const attributes = createPersonAttributeBook(database);
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
    attributes.merge(survivor, merged);
    pointAt.run([survivor, merged, merged]);
  }

  /** As `survivorOf`, and keeps what is said of the patient besides numbers. */
  function learn(localId: string, stated: PersonAttributes): string {
    const row = findKnown.get<PersonAttributes & { merged_into: string | null }>([localId]);
    if (row === undefined) add.run([localId, deriveId('person', localId)]);
    const owner = row?.merged_into ?? localId;
    if (owner === localId) attributes.learn(owner, stated, row ?? nothingKnown);
    else attributes.fillGaps(owner, stated, row ?? nothingKnown);
    return owner;
  }

  return { survivorOf, learn, merge };
}
