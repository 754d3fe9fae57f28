import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleRow } from './immediate-reception-store.ts';
import { progressOf, type ReceptionReference } from './progress-of.ts';

const rule: RuleRow = {
  version: 1,
  adoptedOn: '2011-01-01',
  validFrom: '2011-01-01',
  acceptanceHours: 24,
  firstInterventionHours: 12,
  firstInterventionFrom: 'RECEPTION_START',
  maximumDays: 90,
};

function reception(changes: Partial<ReceptionReference> = {}): ReceptionReference {
  return {
    id: 'r',
    district: 'FIDENZA',
    requestedAt: '2026-07-01T06:00:00Z',
    acceptedAt: '2026-07-01T07:00:00Z',
    startedAt: '2026-07-01T08:00:00Z',
    firstSocialAt: null,
    firstHealthAt: null,
    plannedEndOn: '2026-09-29',
    endedAt: null,
    exitDestination: null,
    ...changes,
  };
}

const at = (text: string) => new Date(text);
const hour = 3_600_000;

describe('where an immediate reception stands', () => {
  it.each([
    ['2026-07-01T06:30:00Z', 'REQUESTED'],
    ['2026-07-01T07:00:00Z', 'ACCEPTED'],
    ['2026-07-01T08:00:00Z', 'STARTED'],
    ['2026-07-01T10:00:00Z', 'FIRST_INTERVENTION'],
    ['2026-08-01T10:00:00Z', 'CONCLUDED'],
  ] as const)('at %s it is %s', (now, stage) => {
    const whole = reception({
      firstHealthAt: '2026-07-01T09:00:00Z',
      endedAt: '2026-08-01T08:00:00Z',
      exitDestination: 'SAI_IN_PROVINCE',
    });
    expect(progressOf(whole, rule, at(now)).stage).toBe(stage);
  });

  it('says where it led only once it has ended', () => {
    const ended = reception({ endedAt: '2026-08-01T08:00:00Z', exitDestination: 'CAS' });
    expect(progressOf(ended, rule, at('2026-07-31T00:00:00Z')).ledTo).toBeNull();
    expect(progressOf(ended, rule, at('2026-08-02T00:00:00Z')).ledTo).toBe('CAS');
  });

  it('is in time at the twelfth hour and overdue a millisecond later', () => {
    const due = Date.parse('2026-07-01T20:00:00Z');
    expect(progressOf(reception(), rule, new Date(due)).overdue).toEqual([]);
    expect(progressOf(reception(), rule, new Date(due + 1)).overdue).toMatchObject([
      {
        term: 'FIRST_INTERVENTION',
        dueAt: '2026-07-01T20:00:00.000Z',
        metAt: null,
        daysOverdue: 0,
      },
    ]);
  });

  it('counts twelve hours from the desk where the rule says so', () => {
    const fromDesk = { ...rule, firstInterventionFrom: 'DESK_CONTACT' as const };
    const now = at('2026-07-01T19:00:00Z');
    expect(progressOf(reception(), rule, now).overdue).toEqual([]);
    expect(progressOf(reception(), fromDesk, now).overdue).toMatchObject([{ hoursOverdue: 1 }]);
    const unknownDesk = reception({ requestedAt: null });
    expect(progressOf(unknownDesk, fromDesk, now).overdue).toEqual([]);
  });

  it('keeps a term that was met too late apart from one that is open', () => {
    const late = reception({ firstSocialAt: '2026-07-02T21:00:00Z' });
    const { overdue, missed } = progressOf(late, rule, at('2026-07-10T00:00:00Z'));
    expect(overdue).toEqual([]);
    expect(missed).toMatchObject([
      {
        term: 'FIRST_INTERVENTION',
        hoursOverdue: 25,
        daysOverdue: 1,
        metAt: '2026-07-02T21:00:00.000Z',
      },
    ]);
  });

  it('says of a reception that ended without an intervention that the term was missed', () => {
    const ended = reception({ endedAt: '2026-07-01T23:00:00Z' });
    const { overdue, missed } = progressOf(ended, rule, at('2026-12-01T00:00:00Z'));
    expect(overdue).toEqual([]);
    expect(missed).toMatchObject([{ term: 'FIRST_INTERVENTION', hoursOverdue: 3, metAt: null }]);
  });

  it('measures acceptance only where the rule sets a term for it', () => {
    const waiting = reception({ acceptedAt: null, startedAt: '2026-07-20T08:00:00Z' });
    const now = at('2026-07-03T06:00:00Z');
    expect(progressOf(waiting, rule, now).overdue).toMatchObject([
      { term: 'ACCEPTANCE', hoursOverdue: 24, daysOverdue: 1 },
    ]);
    expect(progressOf(waiting, { ...rule, acceptanceHours: null }, now).overdue).toEqual([]);
  });

  it('names a plan that goes past the term', () => {
    const now = at('2026-07-03T06:00:00Z');
    expect(progressOf(reception(), rule, now).isPlannedPastTerm).toBe(false);
    const longer = reception({ plannedEndOn: '2026-09-30' });
    expect(progressOf(longer, rule, now).isPlannedPastTerm).toBe(true);
  });
});

describe('terms when the clocks change', () => {
  // Summer time ends on 25 October 2026 at 01:00 UTC and begins on 29 March.
  it('twelve hours are twelve hours that passed', () => {
    for (const startedAt of ['2026-10-24T20:00:00Z', '2026-03-28T20:00:00Z']) {
      const night = reception({ requestedAt: null, acceptedAt: null, startedAt });
      const due = Date.parse(startedAt) + 12 * hour;
      expect(progressOf(night, rule, new Date(due)).overdue).toEqual([]);
      expect(progressOf(night, rule, new Date(due + hour)).overdue).toMatchObject([
        { hoursOverdue: 1 },
      ]);
    }
  });

  it('the ninetieth day ends at midnight in Italy', () => {
    const autumn = reception({
      startedAt: '2026-09-01T21:00:00Z',
      firstSocialAt: '2026-09-01T22:00:00Z',
    });
    // 1 September, 23:00 in Italy; 90 days later is 30 November, which ends at 23:00 UTC.
    expect(progressOf(autumn, rule, at('2026-11-30T23:00:00Z'))).toMatchObject({
      endDueOn: '2026-11-30',
      overdue: [],
    });
    expect(progressOf(autumn, rule, at('2026-11-30T23:00:01Z')).overdue).toMatchObject([
      { term: 'END', daysOverdue: 1 },
    ]);
    expect(progressOf(autumn, rule, at('2026-12-02T22:00:00Z')).overdue).toMatchObject([
      { term: 'END', daysOverdue: 2 },
    ]);
  });
});

describe('whatever was recorded and whenever it is asked', () => {
  const moment = fc
    .integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2026-12-31T00:00:00Z') })
    .map((time) => new Date(time).toISOString());
  const anyReception = fc.record({
    id: fc.constant('r'),
    district: fc.constant('PARMA'),
    requestedAt: fc.option(moment),
    acceptedAt: fc.option(moment),
    startedAt: moment,
    firstSocialAt: fc.option(moment),
    firstHealthAt: fc.option(moment),
    plannedEndOn: fc.constant(null),
    endedAt: fc.option(moment),
    exitDestination: fc.constant(null),
  });
  const anyRule = fc.record({
    version: fc.constant(1),
    adoptedOn: fc.constant('2011-01-01'),
    validFrom: fc.constant('2011-01-01'),
    acceptanceHours: fc.option(fc.integer({ min: 1, max: 720 })),
    firstInterventionHours: fc.integer({ min: 1, max: 720 }),
    firstInterventionFrom: fc.constantFrom('RECEPTION_START' as const, 'DESK_CONTACT' as const),
    maximumDays: fc.integer({ min: 1, max: 200 }),
  });
  const stages = ['REQUESTED', 'ACCEPTED', 'STARTED', 'FIRST_INTERVENTION', 'CONCLUDED'];

  it('a reception never goes back a stage', () => {
    fc.assert(
      fc.property(anyReception, anyRule, moment, moment, (one, terms, a, b) => {
        const [before, after] = [a, b].sort().map((now) => progressOf(one, terms, at(now)).stage);
        expect(stages.indexOf(after ?? '')).toBeGreaterThanOrEqual(stages.indexOf(before ?? ''));
      }),
    );
  });

  it('a term that ran out never comes right again, and is in one list only', () => {
    fc.assert(
      fc.property(anyReception, anyRule, moment, moment, (one, terms, a, b) => {
        const [before, after] = [a, b].sort().map((now) => {
          const { overdue, missed } = progressOf(one, terms, at(now));
          return [...overdue, ...missed].map(({ term }) => term);
        });
        expect(after).toEqual(expect.arrayContaining(before ?? []));
        expect(new Set(after).size).toBe(after?.length);
      }),
    );
  });

  it('every delay is the time that passed after the term, and is above zero', () => {
    fc.assert(
      fc.property(anyReception, anyRule, moment, (one, terms, now) => {
        const { overdue, missed } = progressOf(one, terms, at(now));
        for (const { dueAt, hoursOverdue, daysOverdue } of overdue) {
          expect(hoursOverdue).toBeCloseTo((Date.parse(now) - Date.parse(dueAt)) / hour, 6);
          expect(daysOverdue).toBeGreaterThanOrEqual(Math.floor(hoursOverdue / 24));
        }
        for (const { hoursOverdue } of [...overdue, ...missed]) {
          expect(hoursOverdue).toBeGreaterThan(0);
        }
      }),
    );
  });
});
