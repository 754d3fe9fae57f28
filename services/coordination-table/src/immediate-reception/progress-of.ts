import { Temporal } from 'temporal-polyfill';
import type {
  ImmediateReceptionExit,
  ImmediateReceptionProgress,
  ImmediateReceptionStage,
  ImmediateReceptionTerm,
  OverdueTerm,
} from '../generated/resolver-types.ts';
import type { RuleRow } from './immediate-reception-store.ts';

/** What the reception centres say of a reception, as the gateway hands it on. */
export interface ReceptionReference {
  readonly id: string;
  readonly district: string;
  readonly requestedAt: string | null;
  readonly acceptedAt: string | null;
  readonly startedAt: string;
  readonly firstSocialAt: string | null;
  readonly firstHealthAt: string | null;
  readonly plannedEndOn: string | null;
  readonly endedAt: string | null;
  readonly exitDestination: ImmediateReceptionExit | null;
}

export type ReceptionProgress = Omit<ImmediateReceptionProgress, 'rule' | '__typename'> & {
  readonly rule: RuleRow;
};

interface Term {
  readonly term: ImmediateReceptionTerm;
  readonly dueAt: Temporal.Instant;
  readonly metAt: Temporal.Instant | null;
}

/** Days and midnights are Italy's, hours are elapsed ones: the clocks' change makes no term longer or shorter. */
const timeZone = 'Europe/Rome';

/** Where a reception stands at `now` under these terms; what was noted ahead of `now` has not happened yet. */
export function progressOf(
  reception: ReceptionReference,
  rule: RuleRow,
  now: Date,
): ReceptionProgress {
  const at = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const until = (text: string | null) => happenedBy(at, text);
  const startedAt = Temporal.Instant.from(reception.startedAt);
  const endedAt = until(reception.endedAt);
  const acceptedAt = until(reception.acceptedAt);
  const hasStarted = Temporal.Instant.compare(startedAt, at) <= 0;
  const firstIntervention = earliest(
    until(reception.firstSocialAt),
    until(reception.firstHealthAt),
  );
  const startDay = dayOf(startedAt);
  const endDueOn = startDay.add({ days: rule.maximumDays });
  const countedFrom =
    rule.firstInterventionFrom === 'DESK_CONTACT' && reception.requestedAt !== null
      ? Temporal.Instant.from(reception.requestedAt)
      : startedAt;
  const firstInterventionDueAt = countedFrom.add({ hours: rule.firstInterventionHours });
  const terms: Term[] = [
    { term: 'FIRST_INTERVENTION', dueAt: firstInterventionDueAt, metAt: firstIntervention },
    { term: 'END', dueAt: midnightAfter(endDueOn), metAt: endedAt },
  ];
  if (rule.acceptanceHours !== null && reception.requestedAt !== null) {
    terms.unshift({
      term: 'ACCEPTANCE',
      dueAt: Temporal.Instant.from(reception.requestedAt).add({ hours: rule.acceptanceHours }),
      // A reception that began was accepted, whether somebody noted it or not.
      metAt: acceptedAt ?? (hasStarted ? startedAt : null),
    });
  }
  const late = terms.flatMap((term) => lateness(term, endedAt, at));
  return {
    stage: stageOf({ acceptedAt, hasStarted, firstIntervention, endedAt }),
    overdue: late.filter(({ isOpen }) => isOpen).map(({ overdue }) => overdue),
    missed: late.filter(({ isOpen }) => !isOpen).map(({ overdue }) => overdue),
    firstInterventionDueAt: textOf(firstInterventionDueAt),
    endDueOn: endDueOn.toString(),
    isPlannedPastTerm:
      reception.plannedEndOn !== null && reception.plannedEndOn > endDueOn.toString(),
    daysInReception: hasStarted ? startDay.until(dayOf(endedAt ?? at)).days : 0,
    ledTo: endedAt === null ? null : reception.exitDestination,
    rule,
  };
}

/** Day of a moment as a calendar in Italy shows it. */
export function dayOf(instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(timeZone).toPlainDate();
}

function happenedBy(now: Temporal.Instant, text: string | null): Temporal.Instant | null {
  if (text === null) return null;
  const instant = Temporal.Instant.from(text);
  return Temporal.Instant.compare(instant, now) <= 0 ? instant : null;
}

function earliest(...instants: readonly (Temporal.Instant | null)[]): Temporal.Instant | null {
  return (
    instants.filter((each) => each !== null).sort((a, b) => Temporal.Instant.compare(a, b))[0] ??
    null
  );
}

function midnightAfter(day: Temporal.PlainDate): Temporal.Instant {
  return day.add({ days: 1 }).toZonedDateTime(timeZone).toInstant();
}

function lateness(
  { term, dueAt, metAt }: Term,
  endedAt: Temporal.Instant | null,
  now: Temporal.Instant,
): { readonly isOpen: boolean; readonly overdue: OverdueTerm }[] {
  const stoppedAt = metAt ?? endedAt ?? now;
  // The last moment of the term is still in time.
  if (Temporal.Instant.compare(stoppedAt, dueAt) <= 0) return [];
  const hours = dueAt.until(stoppedAt).total('hours');
  const days =
    term === 'END' ? dayOf(dueAt).until(dayOf(stoppedAt)).days + 1 : Math.floor(hours / 24);
  return [
    {
      isOpen: metAt === null && endedAt === null,
      overdue: {
        term,
        dueAt: textOf(dueAt),
        metAt: metAt === null ? null : textOf(metAt),
        hoursOverdue: hours,
        daysOverdue: days,
      },
    },
  ];
}

function stageOf(reached: {
  readonly acceptedAt: Temporal.Instant | null;
  readonly hasStarted: boolean;
  readonly firstIntervention: Temporal.Instant | null;
  readonly endedAt: Temporal.Instant | null;
}): ImmediateReceptionStage {
  if (reached.endedAt !== null) return 'CONCLUDED';
  if (reached.hasStarted) {
    return reached.firstIntervention === null ? 'STARTED' : 'FIRST_INTERVENTION';
  }
  return reached.acceptedAt === null ? 'REQUESTED' : 'ACCEPTED';
}

function textOf(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' });
}
