import Database from 'libsql/promise';
import type { ExportFile } from './export-file.ts';
import { opaqueId } from './opaque-id.ts';

export interface Course {
  readonly id: string;
  readonly level: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly plannedHours: number | null;
  readonly places: number | null;
  readonly district: string;
  readonly istatCode: string | null;
}

export interface Enrolment {
  readonly id: string;
  readonly personKey: string;
  readonly courseId: string;
  readonly status: string;
  readonly enrolledOn: string;
  readonly endedOn: string | null;
  readonly attendedHours: number | null;
  readonly isCertified: 0 | 1 | null;
  readonly hasLearningSupport: 0 | 1 | null;
}

/** Whose rows: null = the whole province. */
export type Districts = readonly string[] | null;

export interface PageRequest {
  readonly district: string | null;
  readonly after: string | null;
  readonly limit: number;
}

/** The centre's register. Each method is one statement, however many keys it is asked for. */
export interface Store {
  readonly people: (keys: readonly string[], districts: Districts) => Promise<readonly string[]>;
  readonly enrolmentsOf: (
    keys: readonly string[],
    districts: Districts,
    first: number,
  ) => Promise<readonly Enrolment[]>;
  readonly enrolments: (
    ids: readonly string[],
    districts: Districts,
  ) => Promise<readonly Enrolment[]>;
  readonly courses: (ids: readonly string[]) => Promise<readonly Course[]>;
  readonly enrolmentPage: (
    page: PageRequest,
    districts: Districts,
  ) => Promise<readonly Enrolment[]>;
  readonly coursePage: (page: PageRequest) => Promise<readonly Course[]>;
  readonly asOf: string;
  readonly completeness: number | null;
  readonly close: () => void;
}

const TABLES = `
  CREATE TABLE people (
    key TEXT PRIMARY KEY, district TEXT NOT NULL, protected INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE courses (
    id TEXT PRIMARY KEY, level TEXT NOT NULL, startsOn TEXT NOT NULL, endsOn TEXT,
    plannedHours INTEGER, places INTEGER, district TEXT NOT NULL, istatCode TEXT
  ) WITHOUT ROWID;
  CREATE TABLE enrolments (
    id TEXT PRIMARY KEY, personKey TEXT NOT NULL, courseId TEXT NOT NULL, status TEXT NOT NULL,
    enrolledOn TEXT NOT NULL, endedOn TEXT, attendedHours INTEGER, isCertified INTEGER,
    hasLearningSupport INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX enrolments_of_people ON enrolments (personKey, enrolledOn);
`;

/** Protected people are in no answer at all, and those of other districts look as if they did not exist. */
const VISIBLE =
  'p.protected = 0 AND (?2 IS NULL OR p.district IN (SELECT value FROM json_each(?2)))';

const flag = (value: boolean | null): number | null => (value === null ? null : Number(value));

async function fill(database: Database, file: ExportFile, secret: string): Promise<void> {
  const insert = async (sql: string, rows: readonly (readonly unknown[])[]): Promise<void> => {
    const statement = await database.prepare(sql);
    for (const row of rows) await statement.run(row);
  };
  await database.exec('BEGIN');
  await insert(
    'INSERT INTO people VALUES (?, ?, ?)',
    file.people.map((row) => [
      opaqueId(secret, 'person', row.localId),
      row.district,
      flag(row.isProtected),
    ]),
  );
  await insert(
    'INSERT INTO courses VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    file.courses.map((row) => [
      opaqueId(secret, 'course', row.localId),
      row.level,
      row.startsOn,
      row.endsOn,
      row.plannedHours,
      row.places,
      row.district,
      row.istatCode,
    ]),
  );
  await insert(
    'INSERT INTO enrolments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    file.enrolments.map((row) => [
      opaqueId(secret, 'enrolment', row.localId),
      opaqueId(secret, 'person', row.person),
      opaqueId(secret, 'course', row.course),
      row.status,
      row.enrolledOn,
      row.endedOn,
      row.attendedHours,
      flag(row.isCertified),
      flag(row.hasLearningSupport),
    ]),
  );
  await database.exec('COMMIT');
}

/** Takes an export in; the database (a file, or `:memory:`) never holds a local id. */
export async function createStore(path: string, file: ExportFile, secret: string): Promise<Store> {
  const database = new Database(path, {});
  await database.exec(TABLES);
  await fill(database, file, secret);
  const all = async <Row>(sql: string, ...values: readonly unknown[]): Promise<readonly Row[]> => {
    const statement = await database.prepare(sql);
    // The columns are those of TABLES, which only `fill` writes, from rows that were validated.
    return (await statement.all(values)) as readonly Row[];
  };
  const list = (values: readonly string[] | null): string | null =>
    values === null ? null : JSON.stringify(values);
  return {
    async people(keys, districts) {
      const rows = await all<{ readonly key: string }>(
        `SELECT p.key FROM people p WHERE p.key IN (SELECT value FROM json_each(?1)) AND ${VISIBLE}`,
        list(keys),
        list(districts),
      );
      return rows.map((row) => row.key);
    },
    enrolmentsOf: async (keys, districts, first) =>
      await all<Enrolment>(
        `SELECT * FROM (
           SELECT e.*, row_number() OVER (PARTITION BY e.personKey ORDER BY e.enrolledOn DESC, e.id) place
           FROM enrolments e JOIN people p ON p.key = e.personKey
           WHERE e.personKey IN (SELECT value FROM json_each(?1)) AND ${VISIBLE}
         ) WHERE place <= ?3 ORDER BY personKey, place`,
        list(keys),
        list(districts),
        first,
      ),
    enrolments: async (ids, districts) =>
      await all<Enrolment>(
        `SELECT e.* FROM enrolments e JOIN people p ON p.key = e.personKey
         WHERE e.id IN (SELECT value FROM json_each(?1)) AND ${VISIBLE}`,
        list(ids),
        list(districts),
      ),
    courses: async (ids) =>
      await all<Course>(
        'SELECT * FROM courses WHERE id IN (SELECT value FROM json_each(?1))',
        list(ids),
      ),
    enrolmentPage: async ({ district, after, limit }, districts) =>
      await all<Enrolment>(
        `SELECT e.* FROM enrolments e JOIN people p ON p.key = e.personKey
         WHERE e.id > ?1 AND ${VISIBLE} AND (?3 IS NULL OR p.district = ?3) ORDER BY e.id LIMIT ?4`,
        after ?? '',
        list(districts),
        district,
        limit,
      ),
    coursePage: async ({ district, after, limit }) =>
      await all<Course>(
        'SELECT * FROM courses WHERE id > ?1 AND (?2 IS NULL OR district = ?2) ORDER BY id LIMIT ?3',
        after ?? '',
        district,
        limit,
      ),
    asOf: file.exportedAt,
    completeness: file.rows === 0 ? null : (file.rows - file.quarantined) / file.rows,
    close: () => {
      database.close();
    },
  };
}
