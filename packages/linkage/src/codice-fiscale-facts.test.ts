import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCodiceFiscaleFacts } from './codice-fiscale-facts.ts';

it.each([
  ['DLLFMT90E57Z343X', '1990-05-17', 'F'],
  ['DLLMMD90E17Z343X', '1990-05-17', 'M'],
  ['dll mmd 90e17 z343 x', '1990-05-17', 'M'],
  ['DLLMMD26A01Z343X', '2026-01-01', 'M'],
  ['DLLMMD27A01Z343X', '1927-01-01', 'M'],
  ['DLLMMD00T31Z343X', '2000-12-31', 'M'],
  // Homocody: 9L is 90, MT is 17.
  ['DLLMMD9LEMTZ343X', '1990-05-17', 'M'],
])('%s: born on %s, %s', (code, birthDate, sex) => {
  expect(readCodiceFiscaleFacts(code, 2026)).toEqual({ birthDate, sex });
});

it.each([
  '',
  'DLLMMD90E00Z343X',
  'DLLMMD90B30Z343X',
  'DLLMMD90E72Z343X',
  '12345678901',
  'DLLMMD90F17Z343X',
])('%j says nothing', (code) => {
  expect(readCodiceFiscaleFacts(code, 2026)).toBeNull();
});

it('never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (code) => {
      expect(readCodiceFiscaleFacts(code, 2026)).toBeNull();
    }),
    { seed: 1 },
  );
});
