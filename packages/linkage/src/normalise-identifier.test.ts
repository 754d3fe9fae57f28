import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDENTIFIER_KINDS } from './identifier-kind.ts';
import { normaliseIdentifier } from './normalise-identifier.ts';

const HOMOCODY = 'LMNPQRSTUV';
const DIGIT_PLACES = [6, 7, 9, 10, 12, 13, 14];

/** Well-formed codes of nobody: the check character is drawn, so it is nearly always wrong. */
const codiceFiscale = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...Array.from('ABCDEFGHXYZ')), minLength: 6, maxLength: 6 }),
    fc.integer({ min: 0, max: 99 }),
    fc.constantFrom(...Array.from('ABCDEHLMPRST')),
    fc.integer({ min: 1, max: 71 }),
    fc.integer({ min: 100, max: 999 }),
    fc.constantFrom(...Array.from('ABCXYZ')),
  )
  .map(
    ([name, year, month, day, place, check]) =>
      `${name}${String(year).padStart(2, '0')}${month}${String(day).padStart(2, '0')}Z${place}${check}`,
  );

function inHomocody(code: string, mask: number): string {
  return Array.from(code)
    .map((char, place) => {
      const bit = DIGIT_PLACES.indexOf(place);
      return bit >= 0 && (mask >> bit) & 1 ? HOMOCODY.charAt(Number(char)) : char;
    })
    .join('');
}

describe('normalised identifiers', () => {
  it('keep two people apart whom the tax agency told apart by homocody', () => {
    fc.assert(
      fc.property(codiceFiscale, fc.integer({ min: 1, max: 127 }), (code, mask) => {
        const plain = normaliseIdentifier('CODICE_FISCALE', code);
        const other = normaliseIdentifier('CODICE_FISCALE', inHomocody(code, mask));
        expect(plain).not.toBeNull();
        expect(other).not.toBeNull();
        expect(other?.canonical).not.toBe(plain?.canonical);
      }),
    );
  });

  it('differ for codes that differ in any other character', () => {
    fc.assert(
      fc.property(codiceFiscale, codiceFiscale, (a, b) => {
        const same = a === b;
        const [x, y] = [a, b].map((code) => normaliseIdentifier('CODICE_FISCALE', code)?.canonical);
        expect(x === y).toBe(same);
      }),
    );
  });

  it('are the same whatever case, spaces and separators a clerk used', () => {
    const noise = fc.constantFrom('', ' ', '  ', '.', '-', '/', '\t', '\u00a0', '\u200b');
    fc.assert(
      fc.property(
        codiceFiscale,
        fc.array(noise, { minLength: 16, maxLength: 16 }),
        (code, gaps) => {
          const messy = Array.from(code.toLowerCase())
            .map((char, index) => char + (gaps[index] ?? ''))
            .join('');
          expect(normaliseIdentifier('CODICE_FISCALE', messy)).toEqual(
            normaliseIdentifier('CODICE_FISCALE', code),
          );
        },
      ),
    );
  });

  it('stay as they are when normalised again, since an institution may keep the normalised spelling', () => {
    const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), maxLength: 13 });
    const text = fc.oneof(
      codiceFiscale,
      fc.string({ maxLength: 20 }),
      fc.tuple(fc.constantFrom('STP', 'ENI', 'XT', ''), digits).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...IDENTIFIER_KINDS), text, (kind, raw) => {
        const once = normaliseIdentifier(kind, raw);
        if (once === null) return;
        expect(normaliseIdentifier(kind, once.canonical)).toEqual(once);
      }),
    );
  });

  it.each([
    ['CODICE_FISCALE', 'RSSMRA85T10A562S', true],
    ['CODICE_FISCALE', 'RSSMRA85T10A562X', false],
    ['CODICE_FISCALE_PROVISIONAL', '12345670017', true],
    ['CODICE_FISCALE_PROVISIONAL', '12345670018', false],
  ] as const)('tell a wrong check digit without refusing it: %s %s', (kind, raw, checkPassed) => {
    expect(normaliseIdentifier(kind, raw)).toMatchObject({ checkPassed });
  });

  it.each([
    ['STP', 'STP 999 999 0000123', 'STP9999990000123'],
    ['STP', '9999990000123', 'STP9999990000123'],
    ['ENI', 'eni9999990000123', 'ENI9999990000123'],
    ['CUI', '0tv00a1', '0TV00A1'],
    ['VESTANET', 'XT0007919', 'XT0007919'],
    ['PERMIT', 'X99 007919', 'X99007919'],
  ] as const)('accept %s %s', (kind, raw, canonical) => {
    expect(normaliseIdentifier(kind, raw)?.canonical).toBe(canonical);
  });

  it.each([
    ['CODICE_FISCALE', 'Mario Rossi'],
    ['CODICE_FISCALE', '12345670017'],
    ['CODICE_FISCALE_PROVISIONAL', '00000000000'],
    ['STP', 'ENI9999990000123'],
    ['STP', 'STP0000000000000'],
    ['CUI', 'AMADOU'],
    ['CUI', 'XXXXXXX'],
    ['VESTANET', '1234567'],
    ['VESTANET', 'IN ATTESA'],
    ['PERMIT', '99999999'],
    ['PERMIT', 'nessuno'],
    ['PERMIT', ''],
    ['PERMIT', '1'.repeat(10_000)],
  ] as const)('refuse names, placeholders and other kinds: %s %s', (kind, raw) => {
    expect(normaliseIdentifier(kind, raw)).toBeNull();
  });
});
