import fc from 'fast-check';
import { Kind } from 'graphql';
import { expect, it } from 'vitest';
import { dateScalars, isDay, isInstant } from './date-scalars.ts';

it('takes every day of the calendar and no other text', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      (date) => {
        const text = date.toISOString();
        expect(isDay(text.slice(0, 10))).toBe(true);
        expect(isInstant(text)).toBe(true);
        expect(isDay(text)).toBe(false);
      },
    ),
  );
  for (const wrong of ['2026-02-30', '2026-13-01', '26-01-01', '01/02/2026', '']) {
    expect(isDay(wrong)).toBe(false);
    expect(isInstant(`${wrong}T10:00:00Z`)).toBe(false);
  }
  expect(isInstant('2026-01-01T10:00:00')).toBe(false);
});

it('names the format and not the value when it refuses', () => {
  expect(() => dateScalars.Date.parseValue('rossi mario')).toThrow(
    'Date is expected as a day, YYYY-MM-DD',
  );
  expect(() => dateScalars.DateTime.parseLiteral({ kind: Kind.INT, value: '7' })).toThrow(
    'DateTime is expected as an RFC 3339 date and time with offset',
  );
});
