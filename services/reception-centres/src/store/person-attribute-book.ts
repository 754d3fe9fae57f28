import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
import type { PersonAttributes } from '@tavolo/linkage';

export interface PersonAttributeBook {
  /** `on` is the day the row speaks of: an older row only fills what is missing, a gap erases nothing. */
  learn(person: number, stated: PersonAttributes, on: string): void;
  movePerson(from: number, into: number): void;
  /** Forgets what a transaction that was rolled back had added. */
  reload(): void;
}

interface KnownAttributes extends PersonAttributes {
  readonly on: string;
}

/**
 * Names, birth dates, sex and citizenship, kept for the encoder alone. Held in memory like the identifiers:
 * a guest is on a sheet every day, and a row that says nothing new must cost no statement.
 */
export function createPersonAttributeBook(database: FeedDatabase): PersonAttributeBook {
  const known = new Map<number, KnownAttributes>();
  const write = prepareSql(
    database,
    `INSERT INTO person_attributes (person_id, name, birth_date, sex, citizenship, stated_on)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (person_id) DO UPDATE SET name = excluded.name, birth_date = excluded.birth_date,
      sex = excluded.sex, citizenship = excluded.citizenship, stated_on = excluded.stated_on`,
  );
  const remove = prepareSql(database, 'DELETE FROM person_attributes WHERE person_id = ?');
  const read = prepareSql(
    database,
    'SELECT person_id, name, birth_date, sex, citizenship, stated_on FROM person_attributes',
  );
  type Row = [number, string | null, string | null, PersonAttributes['sex'], string | null, string];

  function reload(): void {
    known.clear();
    for (const [person, name, birthDate, sex, citizenship, on] of read.tuples<Row>([])) {
      known.set(person, { name, birthDate, sex, citizenship, on });
    }
  }

  function learn(person: number, stated: PersonAttributes, on: string): void {
    const kept = known.get(person);
    if (kept === undefined && isEmpty(stated)) return;
    const isOlder = kept !== undefined && on < kept.on;
    const merged = isOlder ? filled(kept, stated) : filled(stated, kept);
    if (kept !== undefined && isSame(kept, merged)) return;
    const day = isOlder ? kept.on : on;
    const { name, birthDate, sex, citizenship } = merged;
    write.run([person, name, birthDate, sex, citizenship, day]);
    known.set(person, { ...merged, on: day });
  }

  reload();
  return {
    learn,
    reload,
    movePerson(from, into) {
      const moved = known.get(from);
      if (moved === undefined) return;
      remove.run([from]);
      known.delete(from);
      learn(into, moved, moved.on);
    },
  };
}

function filled(first: PersonAttributes, second: PersonAttributes | undefined): PersonAttributes {
  return {
    name: first.name ?? second?.name ?? null,
    birthDate: first.birthDate ?? second?.birthDate ?? null,
    sex: first.sex ?? second?.sex ?? null,
    citizenship: first.citizenship ?? second?.citizenship ?? null,
  };
}

function isSame(one: PersonAttributes, other: PersonAttributes): boolean {
  return (
    one.name === other.name &&
    one.birthDate === other.birthDate &&
    one.sex === other.sex &&
    one.citizenship === other.citizenship
  );
}

function isEmpty({ name, birthDate, sex, citizenship }: PersonAttributes): boolean {
  return name === null && birthDate === null && sex === null && citizenship === null;
}
