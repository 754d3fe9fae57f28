import { sql } from 'kysely';
import type { TableDatabase } from '../../store/open-database.ts';
import { type CalendarEntry, inCalendarOrder, meetingsDue } from '../calendar.ts';
import { meetingLevels } from '../rows.ts';
import { toCadenceRule } from './register-rows.ts';
import type { RegisterTables } from './register-tables.ts';

/** What falls into a time, out of the whole register. */
export interface CalendarReader {
  /** Days included; oldest first, at most `mostEntries`. */
  between(from: string, to: string, today: string): Promise<CalendarEntry[]>;
}

/** Of each kind, and of all together. */
const mostEntries = 500;

const plannedOn = sql<string>`to_char(planned_at AT TIME ZONE 'Europe/Rome', 'YYYY-MM-DD')`;
const heldOn = sql<string | null>`to_char(max(held_at) AT TIME ZONE 'Europe/Rome', 'YYYY-MM-DD')`;

export function createCalendarReader(database: TableDatabase): CalendarReader {
  return {
    async between(from, to, today) {
      const db = await database.ready<RegisterTables>();
      const meetings = await db
        .selectFrom('meeting')
        .select(['id', 'level', plannedOn.as('on')])
        .where('state', '=', 'PLANNED')
        .where(plannedOn, '>=', from)
        .where(plannedOn, '<=', to)
        .orderBy('planned_at')
        .limit(mostEntries)
        .execute();
      const objectives = await db
        .selectFrom('objective')
        .select(['id', 'title', 'due_on as on'])
        .where('state', '=', 'OPEN')
        .where('due_on', '>=', from)
        .where('due_on', '<=', to)
        .orderBy('due_on')
        .limit(mostEntries)
        .execute();
      const protocols = await db
        .selectFrom('protocol')
        .select(['id', 'title', sql<string>`valid_to`.as('on')])
        .where('withdrawn_on', 'is', null)
        .where('valid_to', '>=', from)
        .where('valid_to', '<=', to)
        .orderBy('valid_to')
        .limit(mostEntries)
        .execute();
      const criteria = await db
        .selectFrom('criterion')
        .select(['id', 'code', sql<string>`review_on`.as('on')])
        .where('review_on', '>=', from)
        .where('review_on', '<=', to)
        .where((each) =>
          each.not(
            each.exists(
              each
                .selectFrom('criterion as later')
                .select('later.id')
                .whereRef('later.code', '=', 'criterion.code')
                .whereRef('later.version', '>', 'criterion.version'),
            ),
          ),
        )
        .orderBy('review_on')
        .limit(mostEntries)
        .execute();
      const due = meetingsDue(...(await cadenceState()), today);
      const entries: CalendarEntry[] = [
        ...meetings.map(({ id, level, on }) => entry(on, 'MEETING', level, id)),
        ...due.filter(({ on }) => from <= on && on <= to),
        ...objectives.map(({ id, title, on }) => entry(on, 'OBJECTIVE_DEADLINE', title, id)),
        ...protocols.map(({ id, title, on }) => entry(on, 'PROTOCOL_EXPIRY', title, id)),
        ...criteria.map(({ id, code, on }) => entry(on, 'CRITERION_REVIEW', code, id)),
      ];
      return entries.sort(inCalendarOrder).slice(0, mostEntries);

      async function cadenceState() {
        const rules = await db.selectFrom('cadence_rule').selectAll().limit(mostEntries).execute();
        const levels = await db
          .selectFrom('meeting')
          .select([
            'level',
            heldOn.as('lastHeldOn'),
            sql<boolean>`coalesce(bool_or(state = 'PLANNED' AND ${plannedOn} >= ${today}), false)`.as(
              'hasPlanned',
            ),
          ])
          .groupBy('level')
          .execute();
        const byLevel = new Map(levels.map((row) => [row.level, row]));
        return [
          rules.map(toCadenceRule),
          meetingLevels.map(
            (level) => byLevel.get(level) ?? { level, lastHeldOn: null, hasPlanned: false },
          ),
        ] as const;
      }
    },
  };
}

function entry(
  on: string,
  kind: CalendarEntry['kind'],
  title: string,
  subjectId: string,
): CalendarEntry {
  return { on, kind, title, subjectId };
}
