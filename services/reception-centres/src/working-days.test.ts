import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registrationTerm } from './registration-term.ts';
import { addWorkingDays, easterSunday, isWorkingDay } from './working-days.ts';

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('working days', () => {
  it('knows Easter, and leaves out Easter Monday and national holidays', () => {
    expect([2024, 2025, 2026, 2038].map(easterSunday)).toEqual([
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2038-04-25',
    ]);
    expect(isWorkingDay('2026-04-06')).toBe(false);
    expect(isWorkingDay('2026-06-02')).toBe(false);
    expect(isWorkingDay('2026-04-07')).toBe(true);
  });

  it('puts the term of a Good Friday entry after Easter Monday', () => {
    expect(addWorkingDays('2026-04-03', 3)).toBe('2026-04-09');
  });

  it('always ends on a working day with exactly that many in between', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 10 }), (from, count) => {
        const due = addWorkingDays(from, count);
        let found = 0;
        for (
          let time = Date.parse(from) + 86_400_000;
          time <= Date.parse(due);
          time += 86_400_000
        ) {
          if (isWorkingDay(new Date(time).toISOString().slice(0, 10))) found += 1;
        }
        expect(isWorkingDay(due)).toBe(true);
        expect(found).toBe(count);
      }),
    );
  });

  it('calls a registration late after its term, and a missing one once the term is over', () => {
    expect(registrationTerm('2026-11-02', '2026-11-05', 3, '2026-11-22').late).toBe(false);
    expect(registrationTerm('2026-11-02', '2026-11-06', 3, '2026-11-22').late).toBe(true);
    expect(registrationTerm('2026-11-02', null, 3, '2026-11-05').late).toBe(false);
    expect(registrationTerm('2026-11-02', null, 3, '2026-11-06').late).toBe(true);
  });
});
