import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDay } from './read-day.ts';
import { romeDay, romeInstant } from './rome-instant.ts';

const date = fc.date({
  min: new Date('1970-01-01'),
  max: new Date('2069-12-31'),
  noInvalidDate: true,
});

describe('reading a day', () => {
  it('understands every way people write one', () => {
    fc.assert(
      fc.property(date, (moment) => {
        const day = moment.toISOString().slice(0, 10);
        const [year = '', month, dayOfMonth] = day.split('-');
        const written = [
          day,
          `${dayOfMonth}/${month}/${year}`,
          `${Number(dayOfMonth)}-${Number(month)}-${year.slice(2)}`,
          ` ${dayOfMonth}.${month}.${year} `,
        ];
        for (const text of written) expect(readDay(text)).toBe(day);
        expect(readDay(new Date(`${day}T00:00:00Z`))).toBe(day);
      }),
    );
  });

  it('never guesses: days that do not exist, other text and numbers are no day', () => {
    for (const cell of ['31/02/2026', '2026-13-01', 'ieri', '', '12', 45_000, null, '0/0/0000']) {
      expect(readDay(cell)).toBeNull();
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readDay(text);
        expect(read === null || /^\d{4}-\d{2}-\d{2}$/u.test(read)).toBe(true);
      }),
    );
  });
});

describe('clocks in Italy', () => {
  it('agree with the time zone database in every season', () => {
    const rome = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Rome',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const since1996 = fc.date({
      min: new Date('1997-01-01'),
      max: new Date('2069-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(since1996, (moment) => {
        const [day = '', time = ''] = rome.format(moment).split(' ');
        expect(romeDay(moment)).toBe(day);
        const instant = romeInstant(day, time);
        const difference = Math.floor(moment.getTime() / 1000) - Date.parse(instant) / 1000;
        // The hour that comes twice is read as the first.
        expect([0, 3600]).toContain(difference);
      }),
    );
  });
});
