import { describe, expect, test } from 'vitest';
import {
  codiceFiscaleCheckCharacter,
  createCodiceFiscaleMaker,
} from './invented-codice-fiscale.ts';
import {
  inventedCui,
  inventedPermit,
  inventedProvisionalCodiceFiscale,
  inventedStp,
  inventedVestanet,
  provisionalCheckDigit,
} from './marked-identifiers.ts';

describe('an invented identifier', () => {
  test('is checked by the published rule', () => {
    // Two numbers printed as examples wherever the rules are explained.
    expect(codiceFiscaleCheckCharacter('RSSMRA80A01F205')).toBe('X');
    expect(provisionalCheckDigit('0764352056')).toBe(7);
  });

  test('of the codice fiscale has its form, a wrong check character, and is never given twice', () => {
    const make = createCodiceFiscaleMaker();
    const twin = {
      familyName: 'Diallo',
      givenName: 'Mamadou',
      sex: 'M',
      birthMs: Date.UTC(2000, 0, 1),
      belfioreCode: 'Z319',
    } as const;
    const codes = Array.from({ length: 100 }, () => make(twin));
    expect(codes[0]).toMatch(/^DLLMMD00A01Z319[A-Z]$/);
    expect(new Set(codes.map((code) => code.slice(0, 15))).size).toBe(100);
    for (const code of codes) {
      expect(code).toMatch(/^[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]$/);
      expect(code.slice(-1)).not.toBe(codiceFiscaleCheckCharacter(code));
    }
  });

  test.each([
    ['CUI', inventedCui],
    ['Vestanet', inventedVestanet],
    ['permit', inventedPermit],
    ['STP', inventedStp],
    ['provisional codice fiscale', inventedProvisionalCodiceFiscale],
  ])(
    'of kind %s is distinct for a quarter of a million people and never looks like a filler',
    (_kind, make) => {
      const values = Array.from({ length: 250_000 }, (_, index) => make(index + 1));
      expect(new Set(values).size).toBe(values.length);
      const fillers = values
        .map((value) => value.replaceAll(/\D/g, ''))
        .filter((digits) => /^(\d)\1*$/.test(digits) || '01234567890123456789'.includes(digits));
      expect(fillers).toEqual([]);
    },
  );

  test('of the provisional codice fiscale has a wrong check digit', () => {
    for (let serial = 1; serial < 1_000; serial++) {
      const code = inventedProvisionalCodiceFiscale(serial);
      expect(code.slice(-1)).not.toBe(String(provisionalCheckDigit(code)));
    }
  });
});
