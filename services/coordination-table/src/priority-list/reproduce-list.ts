import type { District } from '@tavolo/access-model';
import type { PriorityListReproduction } from '../generated/resolver-types.ts';
import type { TableDatabase } from '../store/open-database.ts';
import { listRows, readCriteria, toList } from './postgres-priority-list-store.ts';
import type { PriorityListTables } from './priority-list-tables.ts';
import { pseudonymOf } from './pseudonym-of.ts';
import { hashOfInputs, rankEntries } from './rank-entries.ts';

/** A list computed anew from what was frozen, compared with what was stored; null when there is no such list. */
export type ReproduceList = (
  listId: string,
  maySee: (district: District) => boolean,
) => Promise<PriorityListReproduction | null>;

export function createListReproducer(database: TableDatabase, secret: string): ReproduceList {
  return async (listId, maySee) => {
    const db = await database.ready<PriorityListTables>();
    const row = await listRows(db).where('id', '=', listId).executeTakeFirst();
    if (row === undefined || !maySee(row.district)) return null;
    const list = toList(row);
    const criteria = (await readCriteria(db)).find(
      ({ version }) => version === list.criteriaVersion,
    );
    if (criteria === undefined) throw new Error('the criteria of a list are not there');
    const stored = await db
      .selectFrom('priority_entry')
      .select(['code', 'unit', 'rank', 'score', 'inputs', 'components'])
      .where('list_id', '=', listId)
      .orderBy('rank')
      .execute();
    // The codes too are made anew: they decide the lot.
    const frozen = stored.map(({ unit, inputs }) => ({
      code: pseudonymOf(secret, listId, unit),
      inputs,
    }));
    const computed = rankEntries(frozen, criteria, list.weekStartsOn);
    const differences = stored.filter((entry, index) => {
      const again = computed[index];
      return (
        again === undefined ||
        again.code !== entry.code ||
        again.rank !== entry.rank ||
        again.score !== entry.score ||
        !isSame(again.components, entry.components)
      );
    }).length;
    const computedHash = hashOfInputs(frozen, criteria.version, list.weekStartsOn);
    return {
      isReproducible: differences === 0 && computedHash === list.inputsHash,
      entries: stored.length,
      differences,
      storedHash: list.inputsHash,
      computedHash,
    };
  };
}

type Components = readonly {
  readonly criterion: string;
  readonly input: string;
  readonly points: number;
}[];

function isSame(one: Components, other: Components): boolean {
  return (
    one.length === other.length &&
    one.every(({ criterion, input, points }, index) => {
      const same = other[index];
      return (
        same !== undefined &&
        same.criterion === criterion &&
        same.input === input &&
        same.points === points
      );
    })
  );
}
