import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween, isoWeekOf, readIsoWeek } from './iso-week.ts';

describe('weeks of ISO 8601', () => {
  it.each([
    ['2026-01-01', '2026-W01', '2025-12-29'],
    ['2026-12-31', '2026-W53', '2026-12-28'],
    ['2027-01-03', '2026-W53', '2026-12-28'],
    ['2027-01-04', '2027-W01', '2027-01-04'],
    ['2026-11-22', '2026-W47', '2026-11-16'],
  ])('%s lies in %s, which begins on %s', (day, name, monday) => {
    expect(isoWeekOf(day)).toEqual({ name, monday });
  });

  it('every day’s week is read back, and holds the day', () => {
    const day = fc
      .integer({ min: Date.parse('2000-01-10'), max: Date.parse('2099-12-20') })
      .map((time) => new Date(time).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, (each) => {
        const week = isoWeekOf(each);
        expect(readIsoWeek(week.name)).toEqual(week);
        const offset = daysBetween(week.monday, each);
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThan(7);
      }),
    );
  });

  it.each(['2025-W53', '2026-W00', '2026-W54', '2026-47', '2026-W7', '', '20260-W01'])(
    'refuses %s, which is no week',
    (name) => {
      expect(() => readIsoWeek(name)).toThrow('isoWeek must be a week that exists');
    },
  );
});
