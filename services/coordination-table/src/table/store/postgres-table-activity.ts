import { type Kysely, sql } from 'kysely';
import type { TableDatabase } from '../../store/open-database.ts';
import { meetingLevels } from '../rows.ts';
import type {
  LevelActivity,
  NodeParticipation,
  ObjectiveSummary,
  TableActivityReader,
} from '../table-activity.ts';
import { protocolsInForce } from './postgres-register-store.ts';
import type { RegisterTables } from './register-tables.ts';

/** Reads what the table did in a year from PostgreSQL. */
export function createTableActivityReader(database: TableDatabase): TableActivityReader {
  return {
    async activityOf(year, today) {
      const db = await database.ready<RegisterTables>();
      const lastDay = `${year}-12-31`;
      const asOf = today < lastDay ? today : lastDay;
      // One after the other: together they would take the connections of everybody else.
      const meetings = await meetingsOf(db, year);
      const participation = await participationOf(db, year);
      const [invited, attended] = [
        participation.reduce((sum, node) => sum + node.invited, 0),
        participation.reduce((sum, node) => sum + node.attended, 0),
      ];
      const { protocolsSigned } = await db
        .selectFrom('protocol')
        .select(({ fn }) => fn.countAll<string>().as('protocolsSigned'))
        .where('signed_on', '>=', `${year}-01-01`)
        .where('signed_on', '<=', lastDay)
        .executeTakeFirstOrThrow();
      const { inForce } = await protocolsInForce(db, asOf)
        .select(({ fn }) => fn.countAll<string>().as('inForce'))
        .executeTakeFirstOrThrow();
      const municipalities = await db
        .selectFrom('signatory')
        .select('municipality_code')
        .distinct()
        .where('municipality_code', 'is not', null)
        .where('protocol_id', 'in', protocolsInForce(db, asOf).select('id'))
        .orderBy('municipality_code')
        .execute();
      return {
        year,
        asOf,
        meetings,
        participation,
        participationRate: rate(attended, invited),
        protocolsSigned: Number(protocolsSigned),
        protocolsInForce: Number(inForce),
        criteriaAdopted: await criteriaOf(db, year),
        municipalitiesWithProtocol: municipalities.flatMap((row) => row.municipality_code ?? []),
      };
    },
    async objectivesOf(year) {
      const db = await database.ready<RegisterTables>();
      const rows = await db
        .selectFrom('objective')
        .selectAll()
        .where('year', '=', year)
        .orderBy('position')
        .limit(1_000)
        .execute();
      const latest = await db
        .selectFrom('objective_progress')
        .innerJoin('objective', 'objective.id', 'objective_id')
        .distinctOn('objective_id')
        .select(['objective_id', 'on_day', 'value'])
        .where('year', '=', year)
        .orderBy('objective_id')
        .orderBy('on_day', 'desc')
        .execute();
      const latestOf = new Map(latest.map((row) => [row.objective_id, row]));
      return rows.map((row): ObjectiveSummary => {
        const progress = latestOf.get(row.id);
        return {
          id: row.id,
          year,
          district: row.district,
          title: row.title,
          indicatorId: row.indicator_id,
          baseline: row.baseline,
          target: row.target,
          latest: progress === undefined ? null : { on: progress.on_day, value: progress.value },
          state: row.state,
          dueOn: row.due_on,
        };
      });
    },
  };
}

/** Nobody invited, nothing to divide by. */
function rate(attended: number, invited: number): number | null {
  return invited === 0 ? null : attended / invited;
}

/** The year in Italy in which a meeting was held, or for which it was planned. */
const yearOfMeeting = sql<number>`extract(year FROM coalesce(held_at, planned_at) AT TIME ZONE 'Europe/Rome')::int`;

async function meetingsOf(db: Kysely<RegisterTables>, year: number): Promise<LevelActivity[]> {
  const rows = await db
    .selectFrom('meeting')
    .select(['level', 'state', ({ fn }) => fn.countAll<string>().as('meetings')])
    .where(yearOfMeeting, '=', year)
    .groupBy(['level', 'state'])
    .execute();
  const countOf = new Map(rows.map((row) => [`${row.level} ${row.state}`, Number(row.meetings)]));
  return meetingLevels.map((level) => ({
    level,
    planned: countOf.get(`${level} PLANNED`) ?? 0,
    held: countOf.get(`${level} HELD`) ?? 0,
    cancelled: countOf.get(`${level} CANCELLED`) ?? 0,
  }));
}

async function participationOf(
  db: Kysely<RegisterTables>,
  year: number,
): Promise<NodeParticipation[]> {
  const rows = await db
    .selectFrom('seat')
    .leftJoin(
      (each) =>
        each
          .selectFrom('invitation')
          .innerJoin('meeting', 'meeting.id', 'meeting_id')
          .select(['seat_id', 'attended'])
          .where('state', '=', 'HELD')
          .where(yearOfMeeting, '=', year)
          .as('invited'),
      (join) => join.onRef('invited.seat_id', '=', 'seat.id'),
    )
    .select([
      'seat.id',
      'seat.organisation',
      'seat.name',
      sql<number>`count(invited.seat_id)::int`.as('invited'),
      sql<number>`count(*) FILTER (WHERE invited.attended)::int`.as('attended'),
      sql<number>`count(invited.seat_id) FILTER (WHERE invited.attended IS NULL)::int`.as(
        'notRecorded',
      ),
    ])
    .where('from_day', '<=', `${year}-12-31`)
    .where((each) => each.or([each('to_day', 'is', null), each('to_day', '>=', `${year}-01-01`)]))
    .groupBy(['seat.id', 'seat.organisation', 'seat.name', 'seat.position'])
    .orderBy('seat.position')
    .limit(500)
    .execute();
  return rows.map(({ id, ...node }) => ({
    seatId: id,
    ...node,
    rate: rate(node.attended, node.invited),
  }));
}

async function criteriaOf(db: Kysely<RegisterTables>, year: number) {
  const rows = await db
    .selectFrom('criterion')
    .select(['service', ({ fn }) => fn.countAll<string>().as('adopted')])
    .where('adopted_on', '>=', `${year}-01-01`)
    .where('adopted_on', '<=', `${year}-12-31`)
    .groupBy('service')
    .orderBy('service')
    .execute();
  return rows.map(({ service, adopted }) => ({ service, adopted: Number(adopted) }));
}
