import type { CadenceRuleRow } from './rows.ts';
import type { MeetingLevel } from './table-activity.ts';

export type CalendarEntryKind =
  | 'MEETING'
  | 'MEETING_DUE'
  | 'OBJECTIVE_DEADLINE'
  | 'PROTOCOL_EXPIRY'
  | 'CRITERION_REVIEW';

export interface CalendarEntry {
  readonly on: string;
  readonly kind: CalendarEntryKind;
  readonly title: string;
  readonly subjectId: string;
}

/** How a level's meetings stand, as far as its cadence needs to know. */
export interface LevelMeetings {
  readonly level: MeetingLevel;
  /** Day of the last meeting held; null when there was none. */
  readonly lastHeldOn: string | null;
  /** Whether another meeting is planned from today on. */
  readonly hasPlanned: boolean;
}

/** The meetings that the cadence asks for and nobody planned; what is overdue falls on today. */
export function meetingsDue(
  rules: readonly CadenceRuleRow[],
  levels: readonly LevelMeetings[],
  today: string,
): CalendarEntry[] {
  return levels.flatMap(({ level, lastHeldOn, hasPlanned }) => {
    const rule = rules.find(
      (each) =>
        each.level === level &&
        each.validFrom <= today &&
        (each.validTo === null || today < each.validTo),
    );
    if (rule === undefined || hasPlanned) return [];
    const due = addToDay(lastHeldOn ?? rule.validFrom, rule.every, rule.unit);
    return [
      {
        on: due < today ? today : due,
        kind: 'MEETING_DUE' as const,
        title: level,
        subjectId: rule.id,
      },
    ];
  });
}

/** A month after the 31st is the last day of a shorter month. */
export function addToDay(day: string, count: number, unit: CadenceRuleRow['unit']): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (unit === 'DAY') date.setUTCDate(date.getUTCDate() + count);
  else if (unit === 'WEEK') date.setUTCDate(date.getUTCDate() + count * 7);
  else {
    const dayOfMonth = date.getUTCDate();
    date.setUTCDate(1);
    date.setUTCMonth(date.getUTCMonth() + count + 1, 0);
    date.setUTCDate(Math.min(dayOfMonth, date.getUTCDate()));
  }
  return date.toISOString().slice(0, 10);
}

/** Oldest first; on one day in the order of their kinds and ids, so that the answer is always the same. */
export function inCalendarOrder(a: CalendarEntry, b: CalendarEntry): number {
  const [one, other] = [keyOf(a), keyOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function keyOf({ on, kind, subjectId }: CalendarEntry): string {
  return `${on} ${kind} ${subjectId}`;
}
