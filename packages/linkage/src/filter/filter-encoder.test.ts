import { describe, expect, it } from 'vitest';
import { readNameTokens } from '../name/name-tokens.ts';
import { type BirthDate, readBirthDate } from './birth-date.ts';
import { createFilterEncoder, FILTER_BITS } from './filter-encoder.ts';

const encoder = createFilterEncoder(keyOf(37));
const otherKey = createFilterEncoder(keyOf(41));
const NAME = readNameTokens('Fatoumata Binta Diallo');

function keyOf(step: number): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, at) => (at * step) % 251);
}

function born(text: string): BirthDate {
  const date = readBirthDate(text, 2026);
  if (date === null) throw new Error('No date');
  return date;
}

function likeness(a: Uint8Array, b: Uint8Array): number {
  const ones = (byte: number): number => byte.toString(2).replaceAll('0', '').length;
  const common = a.reduce((sum, byte, at) => sum + ones(byte & (b[at] ?? 0)), 0);
  return (2 * common) / [...a, ...b].reduce((sum, byte) => sum + ones(byte), 0);
}

/** Which of the three filters can be compared: equal there, chance elsewhere. */
function comparable(one: string, other: string): string {
  const [a, b] = [encoder.filters(NAME, born(one)), encoder.filters(NAME, born(other))];
  return (['yearDay', 'yearMonth', 'monthDay'] as const)
    .filter((part) => {
      const degree = likeness(a[part], b[part]);
      expect(degree === 1 || degree < 0.4).toBe(true);
      return degree === 1;
    })
    .join(' ');
}

describe('one name under two dates has filters in common', () => {
  it.each([
    ['1990-05-17', '1990-05-17', 'yearDay yearMonth monthDay'],
    ['1990-05-17', '1990-05-18', 'yearMonth'],
    ['1990-05-17', '1990-06-17', 'yearDay'],
    ['1990-05-17', '1990-06-18', ''],
    ['1990-05-17', '1991-05-17', 'monthDay'],
    ['1990-05-04', '1990-04-05', 'monthDay'],
    ['1990-05-17', '1991-06-18', ''],
    ['1990-01-01', '1990-12-31', 'yearDay yearMonth monthDay'],
    ['1990-01-01', '1991-01-01', 'yearMonth'],
    ['1991-01-01', '1992-01-01', 'monthDay'],
    ['1990-01-01', '1992-01-01', ''],
    ['1990-01-01', '1990-05-17', ''],
  ])('born on %s and %s: %s', (one, other, parts) => {
    expect(comparable(one, other)).toBe(parts);
  });
});

it('a name differs from another under the same date by degrees', () => {
  const date = born('1990-05-17');
  const filterOf = (name: string) => encoder.filters(readNameTokens(name), date).yearDay;
  const own = filterOf('Fatoumata Binta Diallo');
  expect(likeness(own, filterOf('Diallo Fatoumata'))).toBeGreaterThan(0.75);
  expect(likeness(own, filterOf('Olena Shevchenko'))).toBeLessThan(0.4);
});

it('under another key nothing is alike but by chance', () => {
  const date = born('1990-05-17');
  const [a, b] = [encoder.filters(NAME, date), otherKey.filters(NAME, date)];
  for (const part of ['yearDay', 'yearMonth', 'monthDay'] as const) {
    expect(likeness(a[part], b[part])).toBeLessThan(0.35);
  }
});

it('a filter has 1,024 bits, of which an ordinary name sets less than a third', () => {
  const { yearDay } = encoder.filters(NAME, born('1990-05-17'));
  expect(yearDay.length * 8).toBe(FILTER_BITS);
  const set = yearDay.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
  expect(set).toBeGreaterThan(80);
  expect(set).toBeLessThan(FILTER_BITS / 3);
});

describe('checks', () => {
  const date = born('1990-05-17');

  it('tell women from men, and leave out what nobody wrote', () => {
    const [woman] = encoder.checks('F', null, date);
    const [man] = encoder.checks('M', null, date);
    expect(woman.sex).not.toBe(man.sex);
    expect(woman.citizenship).toBeNull();
    expect(encoder.checks(null, 'SN', date)[0].sex).toBeNull();
  });

  it('do not mean the same in two cohorts: half of the years write F as 0', () => {
    const years = Array.from({ length: 200 }, (_, at) => born(`${1_920 + (at % 100)}-05-17`));
    const zeroes = years.filter((year) => encoder.checks('F', null, year)[0].sex === 0).length;
    expect(zeroes).toBeGreaterThan(60);
    expect(zeroes).toBeLessThan(140);
  });

  it('have sixteen values for all countries, so that a value is shared by many', () => {
    const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    const countries = letters.flatMap((one) => letters.map((other) => one + other));
    const values = countries.map((country) => encoder.checks(null, country, date)[0].citizenship);
    expect(new Set(values).size).toBe(16);
    for (const value of values) expect(value).toBeLessThan(16);
  });

  it('agree where the filter at the same place is comparable', () => {
    const [, yearMonth, monthDay] = encoder.checks('F', 'SN', date);
    expect(encoder.checks('F', 'SN', born('1990-05-02'))[1]).toEqual(yearMonth);
    expect(encoder.checks('F', 'SN', born('1971-05-17'))[2]).toEqual(monthDay);
  });
});
