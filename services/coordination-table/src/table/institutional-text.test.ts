import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDirectIdentifier, institutionalText } from './institutional-text.ts';

describe('a text of the institutions', () => {
  it.each([
    ['a codice fiscale', 'Caso RSSMRA85T10A562S esaminato'],
    ['a codice fiscale', 'caso rssmra85t10a562s'],
    ['a codice fiscale', 'omocodia RSSMRAURTMLARSNL in lista'],
    ['a provisional codice fiscale', 'codice 12345670017 assegnato'],
    ['an STP or ENI code', 'tessera STP0803411234567'],
    ['an STP or ENI code', 'tessera ENI 0803411234567'],
    ['a number of a permit or passport', 'permesso I12345678'],
    ['a number of a permit or passport', 'passaporto YA1234567'],
    ['a CUI or Vestanet number', 'CUI 04ABC12'],
    ['a CUI or Vestanet number', 'Vestanet: PR0001234'],
    ['a bank account', 'IT60X0542811101000000123456'],
    ['an e-mail address', 'scrivere a nome.cognome@esempio.it'],
    ['a phone number', 'chiamare +39 333 123 4567'],
    ['a phone number', 'tel. 0521/123456'],
    ['a phone number', 'cell. 3331234567'],
    ["somebody's day of birth", 'nato a Lagos il 01/02/1990'],
  ])('is refused with %s', (what, text) => {
    expect(findDirectIdentifier(text)).toBe(what);
  });

  it.each([
    'Art. 11 c. 2-bis D.Lgs. 142/2015, L. 50/2023',
    'Il tavolo si riunisce il 12/03/2026 e il 2026-04-01, ore 10:30',
    'Circolare n. 5973 del 11/11/2015',
    'Spesa prevista 1.250.000,00 euro, 44 comuni, 451.000 abitanti',
    'Obiettivo: dal 35% al 20% entro il 31.12.2026',
    'Protocollo P1 v. 2, progetto PROG-9901-PR-3',
    'I nati nel 2010 e i minori accolti',
  ])('may say: %s', (text) => {
    expect(findDirectIdentifier(text)).toBeNull();
  });

  const digits = (length: number) =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
      .map((all) => all.join(''));
  const letters = (length: number) =>
    fc
      .array(fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')), {
        minLength: length,
        maxLength: length,
      })
      .map((all) => all.join(''));
  const codiceFiscale = fc
    .tuple(
      letters(6),
      digits(2),
      fc.constantFrom(...'ABCDEHLMPRST'.split('')),
      digits(2),
      letters(1),
      digits(3),
      letters(1),
    )
    .map((parts) => parts.join(''));

  it('is refused with any codice fiscale, in any case, anywhere, split by what nobody sees', () => {
    const hidden = fc.constantFrom('', '\u200b', '\u00ad', '\u2060');
    fc.assert(
      fc.property(
        codiceFiscale,
        fc.integer({ min: 1, max: 15 }),
        hidden,
        fc.boolean(),
        fc.string(),
        (code, at, between, isLower, after) => {
          const split = code.slice(0, at) + between + code.slice(at);
          const text = `esame di ${isLower ? split.toLowerCase() : split} ${after}`;
          expect(findDirectIdentifier(text)).not.toBeNull();
        },
      ),
    );
  });

  it('is refused with a mobile number however its digits are grouped', () => {
    fc.assert(
      fc.property(
        digits(9),
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom(' ', '-', '.', '/', ''),
        (rest, at, gap) => {
          const number = `3${rest}`;
          expect(
            findDirectIdentifier(`tel ${number.slice(0, at)}${gap}${number.slice(at)}`),
          ).not.toBeNull();
        },
      ),
    );
  });

  it('never repeats what it refused', () => {
    const refused = institutionalText(100).safeParse('chiamare 3331234567');
    expect(refused.success).toBe(false);
    expect(JSON.stringify(refused.error)).not.toContain('333');
  });

  it('answers a long text of digits and separators at once', () => {
    const text = '+3 9-'.repeat(800);
    const start = performance.now();
    findDirectIdentifier(text);
    expect(performance.now() - start).toBeLessThan(200);
  });
});
