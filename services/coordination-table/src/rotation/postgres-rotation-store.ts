import { type Kysely, sql } from 'kysely';
import type { TableDatabase } from '../store/open-database.ts';
import type {
  DomicileRuleRow,
  OpenPosition,
  RotationStore,
  TurnCount,
  TurnRow,
} from './rotation-store.ts';
import type { RotationTables } from './rotation-tables.ts';

type Db = Kysely<RotationTables>;

export function createPostgresRotationStore(database: TableDatabase): RotationStore {
  const ready = () => database.ready<RotationTables>();
  return {
    rules: async () => readRules(await ready()),
    counts: async (year) => readCounts(await ready(), year),
    openPosition: async (year) => readOpenPosition(await ready(), year),
    async turns(year, istatCodes, first) {
      let query = turnRows(await ready()).where('year', '=', year);
      if (istatCodes !== null) query = query.where('istat_code', 'in', [...istatCodes, '']);
      const rows = await query
        .orderBy('offered_at', 'desc')
        .orderBy('position', 'desc')
        .orderBy('id')
        .limit(first)
        .execute();
      return rows.map(toTurn);
    },
    async outsideRotation(year) {
      const db = await ready();
      const row = await db
        .selectFrom('domicile_outside_rotation')
        .select(sql<number>`count(*)::int`.as('declarations'))
        .where(sql<boolean>`extract(year FROM declared_on) = ${year}`)
        .executeTakeFirstOrThrow();
      return row.declarations;
    },
    async municipalitiesWithDomicile(year) {
      const db = await ready();
      const rows = await db
        .selectFrom('domicile_turn')
        .select('istat_code')
        .distinct()
        .where('state', '=', 'USED')
        .where('used_from', '<=', `${year}-12-31`)
        .where((where) =>
          where.or([where('used_to', 'is', null), where('used_to', '>=', `${year}-01-01`)]),
        )
        .orderBy('istat_code')
        .execute();
      return rows.map((row) => row.istat_code);
    },
  };
}

export async function readRules(db: Db): Promise<readonly DomicileRuleRow[]> {
  const rules = await db
    .selectFrom('domicile_rule')
    .select([
      'version',
      'kind',
      sql<string>`adopted_on::text`.as('adoptedOn'),
      sql<string>`valid_from::text`.as('validFrom'),
      'answer_days as answerDays',
    ])
    .orderBy('version')
    .execute();
  const municipalities = await db
    .selectFrom('domicile_rule_municipality')
    .select(['version', 'istat_code as istatCode', 'population', 'share'])
    .orderBy('istat_code')
    .execute();
  const mergers = await db
    .selectFrom('domicile_rule_merger')
    .select(['version', 'from_code as from', 'into_code as into'])
    .orderBy('from_code')
    .execute();
  return rules.map((rule) => ({
    ...rule,
    municipalities: municipalities
      .filter(({ version }) => version === rule.version)
      .map(({ istatCode, population, share }) => ({ istatCode, population, share })),
    merged: mergers
      .filter(({ version }) => version === rule.version)
      .map(({ from, into }) => ({ from, into })),
  }));
}

export async function readCounts(db: Db, year: number): Promise<readonly TurnCount[]> {
  return db
    .selectFrom('domicile_turn')
    .select([
      'rule_version as ruleVersion',
      'year',
      'istat_code as istatCode',
      sql<number>`(count(*) FILTER (WHERE state <> 'SKIPPED'))::int`.as('taken'),
      sql<number>`(count(*) FILTER (WHERE state = 'SKIPPED'))::int`.as('skipped'),
    ])
    .where('year', '<=', year)
    .groupBy(['rule_version', 'year', 'istat_code'])
    .execute();
}

/** The lowest position that nobody has: skipped and not offered anew, or the one after the last. */
export async function readOpenPosition(db: Db, year: number): Promise<OpenPosition> {
  const positions = await db
    .selectFrom('domicile_turn')
    .select(['position', sql<boolean>`bool_or(state <> 'SKIPPED')`.as('isGiven')])
    .where('year', '=', year)
    .groupBy('position')
    .orderBy('position')
    .execute();
  const position =
    positions.find(({ isGiven }) => !isGiven)?.position ?? (positions.at(-1)?.position ?? 0) + 1;
  const skipped = await db
    .selectFrom('domicile_turn')
    .select(['istat_code', 'skip_reason', 'request_code'])
    .where('year', '=', year)
    .where('position', '=', position)
    .orderBy('skipped_at', 'desc')
    .execute();
  const passedBy = new Map<string, number>();
  for (const { istat_code, skip_reason } of skipped) {
    // Nobody passed anything on when the domicile was no longer needed.
    if (skip_reason === 'REQUEST_WITHDRAWN') continue;
    passedBy.set(istat_code, (passedBy.get(istat_code) ?? 0) + 1);
  }
  const last = skipped[0];
  const requestCode = last?.skip_reason === 'REQUEST_WITHDRAWN' ? null : last?.request_code;
  const givenAfter = new Set(
    positions
      .filter((each) => each.isGiven && each.position > position)
      .map((each) => each.position),
  );
  return { position, requestCode: requestCode ?? null, passedBy, givenAfter };
}

export function turnRows(db: Db) {
  return db
    .selectFrom('domicile_turn')
    .select([
      'id',
      'year',
      'position',
      'istat_code',
      'state',
      'skip_reason',
      'request_code',
      'rule_version',
      'offered_at',
      sql<string>`due_on::text`.as('due_on'),
      'accepted_at',
      'skipped_at',
      sql<string | null>`used_from::text`.as('used_from'),
      sql<string | null>`used_to::text`.as('used_to'),
    ]);
}

type RawTurn = Awaited<ReturnType<ReturnType<typeof turnRows>['execute']>>[number];

export function toTurn(row: RawTurn): TurnRow {
  return {
    id: row.id,
    year: row.year,
    position: row.position,
    istatCode: row.istat_code,
    state: row.state,
    skipReason: row.skip_reason,
    requestCode: row.request_code,
    ruleVersion: row.rule_version,
    offeredAt: row.offered_at.toISOString(),
    dueOn: row.due_on,
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    skippedAt: row.skipped_at?.toISOString() ?? null,
    usedFrom: row.used_from,
    usedTo: row.used_to,
  };
}
