import type { DistrictScope } from '../hub/row-scope.ts';
import type { SourceStatus } from '../hub/source-status.ts';
import type { Enrolment } from './enrolment.ts';
import type { EnrolmentStore } from './enrolment-store.ts';

/** Rows held in memory: for the invented data and the tests. Put the store of your own data in its place. */
export function createMemoryEnrolmentStore(
  rows: readonly Enrolment[],
  status: SourceStatus,
): EnrolmentStore {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byPerson = new Map<string, Enrolment[]>();
  const latestFirst = [...rows].sort(
    (a, b) => b.startedOn.localeCompare(a.startedOn) || a.id.localeCompare(b.id),
  );
  for (const row of latestFirst) {
    byPerson.set(row.personKey, [...(byPerson.get(row.personKey) ?? []), row]);
  }
  const inIdOrder = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    findByIds: async (ids, scope) =>
      ids.flatMap((id) => byId.get(id) ?? []).filter((row) => isIn(scope, row)),
    findByPersonKeys: async (keys, limit, scope) =>
      keys.flatMap((key) =>
        (byPerson.get(key) ?? []).filter((row) => isIn(scope, row)).slice(0, limit),
      ),
    findPage: async ({ size, afterId }, scope) =>
      inIdOrder
        .filter((row) => isIn(scope, row) && (afterId === null || row.id > afterId))
        .slice(0, size + 1),
    status: async () => status,
    isReady: async () => true,
    close: async () => undefined,
  };
}

function isIn(scope: DistrictScope, { district }: Enrolment): boolean {
  return scope === null || (district !== null && scope.includes(district));
}
