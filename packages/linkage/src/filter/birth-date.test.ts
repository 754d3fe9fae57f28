import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readBirthDate } from './birth-date.ts';

it('reads a day', () => {
  expect(readBirthDate('1990-05-17', 2026)).toEqual({
    year: 1990,
    month: 5,
    day: 17,
    isYearOnly: false,
  });
});

it.each(['1990-01-01', '1990-12-31'])('%s says the year only', (text) => {
  expect(readBirthDate(text, 2026)?.isYearOnly).toBe(true);
});

it('29 February exists in leap years only', () => {
  expect(readBirthDate('2024-02-29', 2026)).not.toBeNull();
  expect(readBirthDate('2023-02-29', 2026)).toBeNull();
  expect(readBirthDate('1900-02-29', 2026)).toBeNull();
});

it.each([
  '',
  '1990',
  '17/05/1990',
  '1990-5-17',
  '1990-00-10',
  '1990-13-01',
  '1990-04-31',
  '1899-12-31',
  '2027-01-02',
  '0000-01-01',
  '1990-05-17T00:00',
  ' 1990-05-17',
  '１９９０-05-17',
  '1990-05-17\n',
])('%j is no birth date', (text) => {
  expect(readBirthDate(text, 2026)).toBeNull();
});

it('a text is null or the very day it says', () => {
  const part = (most: number) => fc.integer({ min: 0, max: most });
  fc.assert(
    fc.property(part(2_100), part(14), part(33), (year, month, day) => {
      const pad = (value: number, width: number) => String(value).padStart(width, '0');
      const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
      const born = readBirthDate(text, 2026);
      if (born !== null) expect([born.year, born.month, born.day]).toEqual([year, month, day]);
      else expect(year < 1900 || year > 2026 || new Date(text).getUTCDate() !== day).toBe(true);
    }),
    { seed: 1, numRuns: 500 },
  );
});

it('never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(readBirthDate(text, 2026)).toBeNull();
    }),
    { seed: 1 },
  );
});
