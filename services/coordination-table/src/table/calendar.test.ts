import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addToDay, meetingsDue } from './calendar.ts';
import { romeMidnight } from './resolvers/time-asked.ts';
import type { CadenceRuleRow } from './rows.ts';

const everyTwoMonths: CadenceRuleRow = {
  id: 'rule',
  level: 'POLITICAL',
  every: 2,
  unit: 'MONTH',
  reading: 'bimensile read as every two months',
  validFrom: '2026-01-01',
  validTo: null,
};

describe('the cadence of a level', () => {
  it('asks for the next meeting from the last one held', () => {
    const due = meetingsDue(
      [everyTwoMonths],
      [{ level: 'POLITICAL', lastHeldOn: '2026-10-05', hasPlanned: false }],
      '2026-11-22',
    );
    expect(due).toEqual([
      { on: '2026-12-05', kind: 'MEETING_DUE', title: 'POLITICAL', subjectId: 'rule' },
    ]);
  });

  it('reads the same words as twice a month when the table says so', () => {
    const twiceAMonth: CadenceRuleRow = { ...everyTwoMonths, every: 2, unit: 'WEEK' };
    const due = meetingsDue(
      [twiceAMonth],
      [{ level: 'POLITICAL', lastHeldOn: '2026-11-20', hasPlanned: false }],
      '2026-11-22',
    );
    expect(due.map(({ on }) => on)).toEqual(['2026-12-04']);
  });

  it('puts what is overdue on today, and asks for nothing where a meeting is planned or no rule holds', () => {
    const level = { level: 'POLITICAL', lastHeldOn: '2026-01-10', hasPlanned: false } as const;
    expect(meetingsDue([everyTwoMonths], [level], '2026-11-22')[0]?.on).toBe('2026-11-22');
    expect(meetingsDue([everyTwoMonths], [{ ...level, hasPlanned: true }], '2026-11-22')).toEqual(
      [],
    );
    expect(
      meetingsDue([{ ...everyTwoMonths, validTo: '2026-06-01' }], [level], '2026-11-22'),
    ).toEqual([]);
  });
});

describe('a day some time later', () => {
  it.each([
    ['2026-01-31', 1, 'MONTH', '2026-02-28'],
    ['2028-01-31', 1, 'MONTH', '2028-02-29'],
    ['2026-12-15', 2, 'MONTH', '2027-02-15'],
    ['2026-10-24', 1, 'DAY', '2026-10-25'],
    ['2026-03-25', 1, 'WEEK', '2026-04-01'],
  ] as const)('%s and %i %s is %s', (day, count, unit, later) => {
    expect(addToDay(day, count, unit)).toBe(later);
  });

  it('never comes before the day', () => {
    const day = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2090-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 366 }),
        fc.constantFrom('DAY', 'WEEK', 'MONTH'),
        (at, count, unit) => {
          const text = at.toISOString().slice(0, 10);
          expect(addToDay(text, count, unit as 'DAY') > text).toBe(true);
        },
      ),
    );
  });
});

describe('midnight in Italy', () => {
  it.each([
    ['2026-01-15', '2026-01-14T23:00:00.000Z'],
    ['2026-07-15', '2026-07-14T22:00:00.000Z'],
    // The clocks change in the night that follows, and in the one before.
    ['2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', '2026-10-25T23:00:00.000Z'],
  ])('of %s is %s', (day, moment) => {
    expect(romeMidnight(day).toISOString()).toBe(moment);
  });
});
