import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
import { deriveSectorKey } from '@tavolo/linkage';
import { type LocalIdentifier, resolvingKinds } from '../feed/person-record.ts';

/** One row's person. */
export interface PersonToResolve {
  readonly identifiers: readonly LocalIdentifier[];
  readonly household: string | null;
  /** First day on which the identifiers are known to hold. */
  readonly seenOn: string;
}

export interface IdentityMap {
  /**
   * The institution's own person, found by the most trusted identifier that is known, else made. People
   * who turn out to be one are put together: `onMerge(from, into)` must move what refers to them.
   */
  resolve(person: PersonToResolve): number;
  /** Forgets what a transaction that was rolled back had added. */
  reload(): void;
}

/**
 * Keeps the identifiers of all known people in memory: a backfill asks for each guest once a day.
 * The database is the writer's, inside its transaction.
 */
export function createIdentityMap(
  database: FeedDatabase,
  sectorKeySecret: string,
  onMerge: (from: number, into: number) => void,
): IdentityMap {
  const persons = new Map<string, number>();
  const kindsOf = new Map<number, Set<string>>();
  const householdOf = new Map<number, string | null>();
  const households = new Set<string>();
  const insertPerson = prepareSql(
    database,
    'INSERT INTO person (sector_key, local_id, household_code) VALUES (?, ?, ?) RETURNING id',
  );
  const insertIdentifier = prepareSql(
    database,
    'INSERT INTO person_identifier (kind, value, person_id, valid_from) VALUES (?, ?, ?, ?)',
  );
  const setHousehold = prepareSql(database, 'UPDATE person SET household_code = ? WHERE id = ?');
  const insertHousehold = prepareSql(
    database,
    'INSERT INTO household (code, sector_key) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const moveIdentifiers = prepareSql(
    database,
    'UPDATE person_identifier SET person_id = ? WHERE person_id = ?',
  );
  const markMerged = prepareSql(database, 'UPDATE person SET merged_into = ? WHERE id = ?');

  const readIdentifiers = prepareSql(
    database,
    'SELECT kind, value, person_id FROM person_identifier',
  );
  const readPeople = prepareSql(database, 'SELECT id, household_code FROM person');
  const readHouseholds = prepareSql(database, 'SELECT code FROM household');

  function reload(): void {
    for (const map of [persons, kindsOf, householdOf, households]) map.clear();
    for (const [kind, value, person] of readIdentifiers.tuples<[string, string, number]>([])) {
      remember(kind, value, person);
    }
    for (const [id, code] of readPeople.tuples<[number, string | null]>([])) {
      householdOf.set(id, code);
    }
    for (const [code] of readHouseholds.tuples<[string]>([])) households.add(code);
  }

  function remember(kind: string, value: string, person: number): void {
    persons.set(`${kind}|${value}`, person);
    const kinds = kindsOf.get(person);
    if (kinds) kinds.add(kind);
    else kindsOf.set(person, new Set([kind]));
  }

  function create(identifiers: readonly LocalIdentifier[]): number {
    const strongest = strongestOf(identifiers);
    if (strongest === undefined) throw new Error('a person needs an identifier');
    const localId = `${strongest.kind}|${strongest.value}`;
    const inserted = insertPerson.tuple<[number]>([
      deriveSectorKey(sectorKeySecret, 'person', localId),
      localId,
      null,
    ]);
    if (inserted === undefined) throw new Error('a person written has an id');
    const [id] = inserted;
    householdOf.set(id, null);
    return id;
  }

  function merge(from: number, into: number): void {
    onMerge(from, into);
    moveIdentifiers.run([into, from]);
    markMerged.run([into, from]);
    for (const [key, person] of persons) {
      if (person === from)
        remember(key.slice(0, key.indexOf('|')), key.slice(key.indexOf('|') + 1), into);
    }
    kindsOf.delete(from);
  }

  /** Two people with different values of one kind of official identifier are two people, or a mistake for a human. */
  function contradict(one: number, other: number): boolean {
    const others = kindsOf.get(other);
    for (const kind of kindsOf.get(one) ?? []) {
      if (kind !== 'CENTRE_GUEST' && kind !== 'PERMIT' && others?.has(kind)) return true;
    }
    return false;
  }

  reload();
  return {
    reload,
    resolve({ identifiers, household, seenOn }) {
      let person: number | undefined;
      for (const kind of resolvingKinds) {
        for (const identifier of identifiers) {
          if (identifier.kind !== kind) continue;
          const found = persons.get(`${kind}|${identifier.value}`);
          if (found === undefined || found === person) continue;
          if (person === undefined) {
            if (kind === 'CENTRE_GUEST' && isOther(found, identifiers)) continue;
            person = found;
          } else if (!contradict(found, person)) merge(found, person);
        }
      }
      person ??= create(identifiers);
      for (const { kind, value } of identifiers) {
        if (persons.has(`${kind}|${value}`)) continue;
        insertIdentifier.run([kind, value, person, seenOn]);
        remember(kind, value, person);
      }
      if (household !== null && householdOf.get(person) !== household) {
        if (!households.has(household)) {
          insertHousehold.run([
            household,
            deriveSectorKey(sectorKeySecret, 'household', household),
          ]);
          households.add(household);
        }
        setHousehold.run([household, person]);
        householdOf.set(person, household);
      }
      return person;
    },
  };

  /** A guest number given to somebody else: that person is known by another value of the same kind. */
  function isOther(found: number, identifiers: readonly LocalIdentifier[]): boolean {
    const kinds = kindsOf.get(found);
    return identifiers.some(
      ({ kind }) => kind !== 'CENTRE_GUEST' && kind !== 'PERMIT' && kinds?.has(kind) === true,
    );
  }
}

function strongestOf(identifiers: readonly LocalIdentifier[]): LocalIdentifier | undefined {
  for (const kind of resolvingKinds) {
    const found = identifiers.find((identifier) => identifier.kind === kind);
    if (found) return found;
  }
  return undefined;
}
