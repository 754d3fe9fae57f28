import { type District, districts } from '@tavolo/access-model';
import { type Kysely, sql } from 'kysely';
import type { WeekCounts } from './priority-list-store.ts';
import type { PriorityListTables } from './priority-list-tables.ts';

/** How many people there are of a kind, and the sum of their record keys: `Contributors` of the disclosure control. */
const of = (condition: string) => ({
  count: sql<number>`(count(DISTINCT person_ref) FILTER (WHERE ${sql.raw(condition)}))::int`,
  // Of distinct people: their keys are as different as they are.
  key: sql<string>`(coalesce(sum(DISTINCT record_key::numeric) FILTER (WHERE ${sql.raw(condition)}), 0) % 4294967296)::text`,
});

const kinds = {
  listed: of('true'),
  offered: of('offered_at IS NOT NULL'),
  placed: of("state = 'PLACED'"),
  refused: of("state = 'REFUSED'"),
};

/** People on the published lists week by week, newest first; `district` null = weeks that every district published. */
export async function readWeeks(
  db: Kysely<PriorityListTables>,
  district: District | null,
  first: number,
): Promise<WeekCounts[]> {
  const lists = await db
    .selectFrom('priority_list')
    .innerJoin('priority_criteria', 'version', 'criteria_version')
    .select([
      'iso_week',
      sql<number>`sum((body->>'reservedPlaces')::int)::int`.as('reservedPlaces'),
      sql<string[]>`array_agg(id)`.as('ids'),
    ])
    .where('published_at', 'is not', null)
    .$if(district !== null, (query) => query.where('district', '=', district))
    .groupBy('iso_week')
    .having(sql<boolean>`count(*) = ${district === null ? districts.length : 1}`)
    .orderBy(sql`min(week_starts_on)`, 'desc')
    .limit(first)
    .execute();
  if (lists.length === 0) return [];
  const counted = await db
    .selectFrom('priority_entry')
    .innerJoin('priority_entry_person', 'priority_entry_person.code', 'priority_entry.code')
    .innerJoin('priority_list', 'priority_list.id', 'priority_entry.list_id')
    .select([
      'iso_week',
      kinds.listed.count.as('listed'),
      kinds.listed.key.as('listedKey'),
      kinds.offered.count.as('offered'),
      kinds.offered.key.as('offeredKey'),
      kinds.placed.count.as('placed'),
      kinds.placed.key.as('placedKey'),
      kinds.refused.count.as('refused'),
      kinds.refused.key.as('refusedKey'),
    ])
    .where(
      'priority_entry.list_id',
      'in',
      lists.flatMap(({ ids }) => ids),
    )
    .groupBy('iso_week')
    .execute();
  const byWeek = new Map(counted.map((row) => [row.iso_week, row]));
  return lists.map(({ iso_week, reservedPlaces }) => {
    const row = byWeek.get(iso_week);
    const contributors = (count: number | undefined, key: string | undefined) => ({
      count: count ?? 0,
      key: Number(key ?? 0),
    });
    return {
      isoWeek: iso_week,
      reservedPlaces,
      listed: contributors(row?.listed, row?.listedKey),
      offered: contributors(row?.offered, row?.offeredKey),
      placed: contributors(row?.placed, row?.placedKey),
      refused: contributors(row?.refused, row?.refusedKey),
    };
  });
}
