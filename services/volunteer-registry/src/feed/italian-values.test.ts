import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readItalianDay, readItalianNumber } from './italian-values.ts';

it('reads days the Italian way and refuses days that do not exist', () => {
  expect(['1/2/2024', '01-02-2024', '01.02.2024', '2024-02-01'].map(readItalianDay)).toEqual(
    Array.from({ length: 4 }, () => '2024-02-01'),
  );
  for (const text of ['31/02/2024', '2024', '', '1/2/24', '13/13/2024']) {
    expect(readItalianDay(text)).toBeNull();
  }
});

it('reads back every day it could have written', () => {
  const days = fc.date({
    min: new Date('1900-01-01'),
    max: new Date('2100-01-01'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(days, (date) => {
      const iso = date.toISOString().slice(0, 10);
      expect(readItalianDay(iso.split('-').reverse().join('/'))).toBe(iso);
    }),
  );
});

it('reads decimal commas and thousands points, and refuses the English way', () => {
  expect(['12,5', '1.234,5', '7', '1.000'].map(readItalianNumber)).toEqual([12.5, 1234.5, 7, 1000]);
  for (const text of ['12.5', '1,2,3', 'dodici', '', '-3', '1.23'])
    expect(readItalianNumber(text)).toBeNull();
});
