import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
import type { PersonAttributes } from '@tavolo/linkage';

export interface PersonAttributeBook {
  /** `kept` is what the table has for the patient now: most messages say nothing new and cost no statement. */
  learn(localId: string, stated: PersonAttributes, kept: PersonAttributes): void;
  /** For what is said under a number that was merged away: the number in use knows better. */
  fillGaps(localId: string, stated: PersonAttributes, kept: PersonAttributes): void;
  /** Gives the survivor what only the merged record knew. */
  merge(survivor: string, merged: string): void;
}

const columns = ['name', 'birth_date', 'sex', 'citizenship'] as const;
const members = ['name', 'birthDate', 'sex', 'citizenship'] as const;
const updated = (value: (column: string) => string) =>
  columns.map((column) => `${column} = ${value(column)}`).join(', ');
const newest = updated((column) => `coalesce(excluded.${column}, ${column})`);
const oldest = updated((column) => `coalesce(${column}, excluded.${column})`);

/** Names, birth dates, sex and citizenship, kept for the encoder alone; a gap in a message erases nothing. */
export function createPersonAttributeBook(database: FeedDatabase): PersonAttributeBook {
  const sql = (text: string) => prepareSql(database, text);
  const insert = `INSERT INTO person_attributes (local_id, ${columns.join(', ')})`;
  const learn = sql(`${insert} VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET ${newest}`);
  const fillGaps = sql(`${insert} VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET ${oldest}`);
  const move = sql(
    `${insert} SELECT ?, ${columns.join(', ')} FROM person_attributes WHERE local_id = ?
    ON CONFLICT DO UPDATE SET ${oldest}`,
  );
  const remove = sql('DELETE FROM person_attributes WHERE local_id = ?');
  const values = (stated: PersonAttributes) => members.map((member) => stated[member]);
  return {
    learn(localId, stated, kept) {
      const isNews = members.some((one) => stated[one] !== null && stated[one] !== kept[one]);
      if (isNews) learn.run([localId, ...values(stated)]);
    },
    fillGaps(localId, stated, kept) {
      const isNews = members.some((one) => stated[one] !== null && kept[one] === null);
      if (isNews) fillGaps.run([localId, ...values(stated)]);
    },
    merge(survivor, merged) {
      move.run([survivor, merged]);
      remove.run([merged]);
    },
  };
}
