import { readHl7Message } from '@tavolo/feed-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCountryCode } from './country-code.ts';
import { fhirResource } from './fhir-resources.ts';
import { parseFhirAttributes } from './parse-fhir-attributes.ts';
import { parsePidAttributes } from './parse-pid-attributes.ts';
import { readBirthDate } from './read-birth-date.ts';

const header = 'MSH|^~\\&|ADT|OSP|HUB|AUSL|20260301120000||ADT^A04^ADT_A01|C1|P|2.5';
const nothing = { name: null, birthDate: null, sex: null, citizenship: null };

/** Reads a PID with the given fields, the rest empty. */
function pid(fields: Readonly<Record<number, string>>) {
  const text = Array.from({ length: 31 }, (_, index) => fields[index] ?? '');
  text[0] = 'PID';
  const segment = readHl7Message(`${header}\r${text.join('|')}`, new Set(['PID'])).first('PID');
  if (segment === undefined) throw new Error('the message has a PID');
  return parsePidAttributes(segment);
}
function fhir(patient: object) {
  const parsed = fhirResource.parse({ resourceType: 'Patient', id: 'p', ...patient });
  if (parsed.resourceType !== 'Patient') throw new Error('a patient is read as one');
  return parseFhirAttributes(parsed);
}
const citizenship = (code: unknown, period: object = {}) => ({
  url: 'http://hl7.org/fhir/StructureDefinition/patient-citizenship',
  extension: [
    { url: 'code', valueCodeableConcept: { coding: [{ system: 'urn:iso:std:iso:3166', code }] } },
    ...(Object.keys(period).length > 0 ? [{ url: 'period', valuePeriod: period }] : []),
  ],
});

describe('what a PID says of a person', () => {
  it('is the name, the birth date, the sex and the citizenship', () => {
    expect(
      pid({ 5: 'INVENTATA^PROVA^SECONDA^^^^L', 7: '19900305', 8: 'F', 26: 'NGA^^ISO3166' }),
    ).toEqual({
      name: 'INVENTATA PROVA SECONDA',
      birthDate: '1990-03-05',
      sex: 'F',
      citizenship: 'NG',
    });
  });

  it('is the first legal name, else the first that is a name', () => {
    expect(pid({ 5: 'A^SOPRANNOME^^^^^N~B^VERA^^^^^L~C^ALTRA^^^^^L' }).name).toBe('B VERA');
    expect(pid({ 5: '^^^^^^L~A^SOPRANNOME^^^^^N~B^ALTRO^^^^^D' }).name).toBe('A SOPRANNOME');
    expect(pid({ 5: 'DE LUCA&DE&LUCA^ANNA' }).name).toBe('DE LUCA ANNA');
  });

  it('is the name as it was before escaping, without line breaks or control characters', () => {
    expect(pid({ 5: 'D\\T\\ANGELO^NICCOLÒ \\X0D\\ \\.br\\ ZOË' }).name).toBe(
      'D&ANGELO NICCOLÒ ZOË',
    );
  });

  it('is nothing where nothing was written, or nothing that can be understood', () => {
    expect(pid({})).toEqual(nothing);
    expect(pid({ 5: '""', 7: '""', 8: '""', 26: '""' })).toEqual(nothing);
    expect(pid({ 5: '123', 7: 'ieri', 8: 'U', 26: 'ZZZ' })).toEqual(nothing);
    expect(pid({ 5: `${'x'.repeat(201)}^Y` }).name).toBeNull();
  });

  it('is never the race or the ethnic group', () => {
    expect(pid({ 10: 'NG', 22: 'NG' })).toEqual(nothing);
  });

  it('is the first citizenship with a known code, also where it is the alternative one', () => {
    expect(pid({ 26: '443^NIGERIA^ISTAT^NG^^ISO3166' }).citizenship).toBe('NG');
    expect(pid({ 26: 'XYZ~sn' }).citizenship).toBe('SN');
  });

  it('never throws, whatever the fields hold', () => {
    const text = fc.string({ unit: 'binary' }).map((value) => value.replace(/[\r\n]/gu, ''));
    fc.assert(
      fc.property(text, text, text, text, (name, birth, sex, country) => {
        const read = pid({ 5: name, 7: birth, 8: sex, 26: country });
        expect(read.birthDate ?? '1990-01-01').toMatch(/^\d{4}-\d{2}-\d{2}$/u);
      }),
    );
  });
});

describe('what a FHIR patient says of a person', () => {
  it('is the official name, the birth date, the gender and the citizenship', () => {
    expect(
      fhir({
        name: [
          { use: 'nickname', given: ['SOPRANNOME'] },
          { use: 'official', family: 'INVENTATA', given: ['PROVA', 'SECONDA'] },
        ],
        birthDate: '1990-03',
        gender: 'female',
        extension: [citizenship('IT', { end: '2020-01-01' }), citizenship('NGA')],
      }),
    ).toEqual({
      name: 'INVENTATA PROVA SECONDA',
      birthDate: '1990-01-01',
      sex: 'F',
      citizenship: 'NG',
    });
  });

  it('is the text of a name that has no parts', () => {
    expect(fhir({ name: [{ text: 'Prova Inventata' }] }).name).toBe('Prova Inventata');
  });

  it('refuses no patient for the form of these, and reads the ones that are well formed', () => {
    expect(
      fhir({
        name: [5, { family: 7, given: 'x' }, { family: 'INVENTATA', given: [1] }],
        birthDate: 19900305,
        gender: ['male'],
        extension: [null, { url: 3 }, citizenship(5), citizenship('ML')],
      }),
    ).toEqual({ name: 'INVENTATA', birthDate: null, sex: null, citizenship: 'ML' });
    expect(fhir({ name: 'x', birthDate: null, gender: 'other', extension: {} })).toEqual(nothing);
  });
});

describe('a birth date', () => {
  it.each([
    ['19900305', '1990-03-05'],
    ['199003051230', '1990-03-05'],
    ['1990-03-05', '1990-03-05'],
    ['1990-03-05T10:00:00Z', '1990-03-05'],
    // Known to the year only is told by 1 January; the first of a month would be a day nobody stated.
    ['1990', '1990-01-01'],
    ['199003', '1990-01-01'],
    ['1990-03', '1990-01-01'],
    ['19900300', '1990-01-01'],
    ['19900000', '1990-01-01'],
  ])('%s is %s', (text, day) => expect(readBirthDate(text)).toBe(day));

  it.each([
    '',
    '0',
    '18500101',
    '19901301',
    '19900231',
    '1990-02-31',
    '05/03/1990',
    '1990-0305',
    'x',
  ])('%s is none', (text) => expect(readBirthDate(text)).toBeNull());
});

describe('a country code', () => {
  it('is read by two letters and by three, and is nothing when it is none', () => {
    expect(['IT', 'ITA', ' nga ', 'CIV', 'XK'].map(readCountryCode)).toEqual([
      'IT',
      'IT',
      'NG',
      'CI',
      'XK',
    ]);
    for (const text of ['', 'ZZ', 'ITALIA', '380', '__proto__']) {
      expect(readCountryCode(text)).toBeNull();
    }
  });
});
