import type { DistrictScope } from '../hub/row-scope.ts';
import type { Enrolment } from './enrolment.ts';
import type { EnrolmentStore } from './enrolment-store.ts';
import type { StateDatabase } from './open-database.ts';

interface Row {
  readonly id: string;
  readonly personKey: string;
  readonly kind: Enrolment['kind'];
  readonly status: Enrolment['status'];
  readonly startedOn: string;
  readonly endedOn: string | null;
  readonly district: Enrolment['district'];
  readonly isTargeted: 0 | 1 | null;
}

const columns =
  'id, person_key AS personKey, kind, status, started_on AS startedOn, ended_on AS endedOn, district, is_targeted AS isTargeted';
const isCurrent = 'snapshot = (SELECT snapshot FROM current)';

export interface SqliteStoreOptions {
  readonly now: () => Date;
  /** After how long without a new snapshot the data count as stale. */
  readonly staleAfterMs: number;
}

/** Reads the current snapshot. The lists of keys travel as one JSON parameter, whatever their number. */
export function createSqliteEnrolmentStore(
  database: StateDatabase,
  { now, staleAfterMs }: SqliteStoreOptions,
): EnrolmentStore {
  const select = (where: string, parameters: readonly unknown[]): Enrolment[] =>
    (
      database
        .prepare(`SELECT ${columns} FROM enrolment WHERE ${where}`)
        .all(...parameters) as Row[]
    ) // the columns are those of the statement
      .map(toEnrolment);

  return {
    async findByIds(ids, scope) {
      const [inScope, parameters] = scopeCondition(scope);
      return select(`${isCurrent} AND id IN (SELECT value FROM json_each(?)) AND ${inScope}`, [
        JSON.stringify(ids),
        ...parameters,
      ]);
    },
    async findByPersonKeys(personKeys, limit, scope) {
      const [inScope, parameters] = scopeCondition(scope);
      const numbered = `SELECT *, row_number() OVER (PARTITION BY person_key ORDER BY started_on DESC, id) AS place
        FROM enrolment
        WHERE ${isCurrent} AND person_key IN (SELECT value FROM json_each(?)) AND ${inScope}`;
      const sql = `SELECT ${columns} FROM (${numbered}) WHERE place <= ? ORDER BY person_key, place`;
      const found = database.prepare(sql).all(JSON.stringify(personKeys), ...parameters, limit);
      return (found as Row[]).map(toEnrolment); // the columns are those of the statement
    },
    async findPage({ size, afterId }, scope) {
      const [inScope, parameters] = scopeCondition(scope);
      return select(`${isCurrent} AND id > ? AND ${inScope} ORDER BY id LIMIT ?`, [
        afterId ?? '',
        ...parameters,
        size + 1,
      ]);
    },
    async status() {
      const read = database.prepare('SELECT as_of AS asOf, accepted, refused FROM current').get();
      const { asOf, accepted, refused } = read as {
        asOf: string | null;
        accepted: number;
        refused: number;
      }; // the table has one row
      const rows = accepted + refused;
      return {
        asOf,
        completeness: rows === 0 ? null : accepted / rows,
        stale: asOf === null || now().getTime() - Date.parse(asOf) > staleAfterMs,
      };
    },
    async isReady() {
      return database.prepare('SELECT as_of FROM current').get() !== undefined;
    },
    async close() {
      database.close();
    },
  };
}

function toEnrolment({ isTargeted, ...row }: Row): Enrolment {
  return { ...row, isTargeted: isTargeted === null ? null : isTargeted === 1 };
}

/** Whose rows may be seen, as a condition: it belongs in the query, so that pages stay full. */
function scopeCondition(scope: DistrictScope): [string, readonly string[]] {
  if (scope === null) return ['TRUE', []];
  return ['district IN (SELECT value FROM json_each(?))', [JSON.stringify(scope)]];
}
