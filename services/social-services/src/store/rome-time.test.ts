import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { romeDay, romeToUtc } from './rome-time.ts';

const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  dateStyle: 'short',
  timeStyle: 'medium',
});

describe('an Italian wall clock', () => {
  it('is read as the instant that shows it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
        (date) => {
          const [day = '', time = ''] = clock.format(date).split(' ');
          const instant = romeToUtc(day, time);
          expect(instant).not.toBeNull();
          expect(clock.format(new Date(instant ?? 0))).toBe(`${day} ${time}`);
        },
      ),
    );
  });

  it('shows no time in the hour that summer time skips', () => {
    expect(romeToUtc('2024-03-31', '02:30:00')).toBeNull();
  });

  it('means the first of the two hours that autumn repeats', () => {
    expect(romeToUtc('2024-10-27', '02:30:00')).toBe('2024-10-27T00:30:00Z');
  });

  it('turns to the next day before UTC does', () => {
    expect(romeDay(new Date('2026-11-21T22:59:59Z'))).toBe('2026-11-21');
    expect(romeDay(new Date('2026-11-21T23:00:00Z'))).toBe('2026-11-22');
    expect(romeDay(new Date('2026-07-21T22:00:00Z'))).toBe('2026-07-22');
  });
});
