import type { District } from '@tavolo/access-model';
import { type Kysely, sql } from 'kysely';
import type { TableDatabase } from '../store/open-database.ts';
import type { CriteriaRow, EntryRow, ListRow, PriorityListStore } from './priority-list-store.ts';
import type { PriorityListTables } from './priority-list-tables.ts';
import { readWeeks } from './read-weeks.ts';

type Db = Kysely<PriorityListTables>;

export function createPostgresPriorityListStore(database: TableDatabase): PriorityListStore {
  const ready = () => database.ready<PriorityListTables>();
  return {
    criteria: async () => readCriteria(await ready()),
    async usedVersions() {
      const rows = await (await ready())
        .selectFrom('priority_list')
        .select('criteria_version')
        .distinct()
        .execute();
      return new Set(rows.map(({ criteria_version }) => criteria_version));
    },
    list: async (district, isoWeek) => readList(await ready(), district, isoWeek),
    async entries(listId, { first, afterRank, state, now }) {
      let query = entryRows(await ready())
        .where('list_id', '=', listId)
        .where('rank', '>', afterRank);
      if (state === 'OFFERED' || state === 'EXPIRED') {
        query = query
          .where('priority_entry.state', '=', 'OFFERED')
          .where('offer_expires_at', state === 'OFFERED' ? '>' : '<=', now);
      } else if (state !== null) {
        query = query.where('priority_entry.state', '=', state);
      }
      return (await query.orderBy('rank').limit(first).execute()).map(toEntry);
    },
    async entriesOfPeople(personRefs, districts, first) {
      if (personRefs.length === 0 || districts?.length === 0) return [];
      const db = await ready();
      const newestFirst = db
        .selectFrom('priority_entry_person')
        .innerJoin('priority_list', 'priority_list.id', 'priority_entry_person.list_id')
        .select([
          'person_ref',
          'code',
          sql<number>`row_number() OVER (PARTITION BY person_ref ORDER BY week_starts_on DESC, code)`.as(
            'place',
          ),
        ])
        .where('published_at', 'is not', null)
        .where('person_ref', 'in', [...personRefs])
        .$if(districts !== null, (query) => query.where('district', 'in', [...(districts ?? [])]));
      const codes = await db
        .selectFrom(newestFirst.as('newest'))
        .select(['person_ref', 'code'])
        .where('place', '<=', first)
        .orderBy('place')
        .execute();
      if (codes.length === 0) return [];
      const rows = await entryRows(db)
        .where('code', 'in', [...new Set(codes.map(({ code }) => code))])
        .execute();
      const byCode = new Map(rows.map((row) => [row.code, toEntry(row)]));
      return codes.flatMap(({ person_ref, code }) => {
        const entry = byCode.get(code);
        return entry ? [{ personRef: person_ref, entry }] : [];
      });
    },
    weeks: async (district, first) => readWeeks(await ready(), district, first),
  };
}

export async function readCriteria(db: Db): Promise<readonly CriteriaRow[]> {
  const rows = await db
    .selectFrom('priority_criteria')
    .select(['version', 'body'])
    .orderBy('version')
    .execute();
  return rows.map(({ version, body }) => ({ version, ...body }));
}

/** `isoWeek` null = the newest published. */
export async function readList(
  db: Db,
  district: District,
  isoWeek: string | null,
): Promise<ListRow | null> {
  const query = listRows(db).where('district', '=', district);
  const row = await (isoWeek === null
    ? query.where('published_at', 'is not', null)
    : query.where('iso_week', '=', isoWeek)
  )
    .orderBy('week_starts_on', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toList(row) : null;
}

export function listRows(db: Db) {
  return db
    .selectFrom('priority_list')
    .select([
      'id',
      'iso_week',
      sql<string>`week_starts_on::text`.as('week_starts_on'),
      'district',
      'criteria_version',
      'prepared_at',
      'published_at',
      'facts_loaded_at',
      'inputs_hash',
    ]);
}

export function toList(
  row: Awaited<ReturnType<ReturnType<typeof listRows>['execute']>>[number],
): ListRow {
  return {
    id: row.id,
    isoWeek: row.iso_week,
    weekStartsOn: row.week_starts_on,
    district: row.district,
    criteriaVersion: row.criteria_version,
    preparedAt: row.prepared_at.toISOString(),
    publishedAt: row.published_at?.toISOString() ?? null,
    factsLoadedAt: row.facts_loaded_at,
    inputsHash: row.inputs_hash,
  };
}

export function entryRows(db: Db) {
  return db
    .selectFrom('priority_entry')
    .innerJoin('priority_list', 'priority_list.id', 'priority_entry.list_id')
    .select([
      'code',
      'list_id',
      'iso_week',
      'district',
      'rank',
      'score',
      'inputs',
      'components',
      'state',
      'offered_at',
      'offer_expires_at',
      'out_of_order_reason',
      'closed_at',
    ]);
}

export function toEntry(
  row: Awaited<ReturnType<ReturnType<typeof entryRows>['execute']>>[number],
): EntryRow {
  return {
    code: row.code,
    listId: row.list_id,
    isoWeek: row.iso_week,
    district: row.district,
    rank: row.rank,
    score: row.score,
    components: row.components,
    waitingSince: row.inputs.waitingSince,
    // By size only: a special place would tell of an illness or of a minor alone.
    requestedPlaceType: row.inputs.placesNeeded > 1 ? 'HOUSEHOLD' : 'SINGLE_PERSON',
    placesNeeded: row.inputs.placesNeeded,
    storedState: row.state,
    offeredAt: row.offered_at?.toISOString() ?? null,
    offerExpiresAt: row.offer_expires_at?.toISOString() ?? null,
    outOfOrderReason: row.out_of_order_reason,
    closedAt: row.closed_at?.toISOString() ?? null,
  };
}
