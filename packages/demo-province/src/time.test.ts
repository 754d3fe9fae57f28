import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayStart, isoDay, isoInstant, workingDaysLater } from './time.ts';

describe('time', () => {
  test('is put into words as the platform does', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          expect(isoDay(date.getTime())).toBe(date.toISOString().slice(0, 10));
          expect(isoInstant(date.getTime())).toBe(`${date.toISOString().slice(0, 19)}Z`);
        },
      ),
    );
  });

  test('counts working days from Monday to Friday', () => {
    expect(isoDay(workingDaysLater(dayStart('2026-11-20'), 1))).toBe('2026-11-23');
    expect(isoDay(workingDaysLater(dayStart('2026-11-16'), 4))).toBe('2026-11-20');
  });
});
