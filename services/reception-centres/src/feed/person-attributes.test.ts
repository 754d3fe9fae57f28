import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePresenceSheet } from './parse-presence-sheet.ts';
import { readPersonAttributes } from './person-attributes.ts';

const day = '2026-11-20';
const nothing = { name: null, birthDate: null, sex: null, citizenship: null };
const birthDate = (birth: string | number | Date) => readPersonAttributes({ birth }, day).birthDate;
const citizenship = (text: string) => readPersonAttributes({ citizenship: text }, day).citizenship;
const name = (text: string) => readPersonAttributes({ name: text }, day).name;

describe('what a row says of a person besides numbers', () => {
  it('is the name in one column or in two, as written, spaces apart', () => {
    expect(name('  N’DIAYE-CISSÉ   Fatoumata\tBintà ')).toBe('N’DIAYE-CISSÉ Fatoumata Bintà');
    const inTwo = readPersonAttributes({ familyName: 'D’Angelo', givenName: 'Zoë' }, day);
    expect(inTwo.name).toBe('D’Angelo Zoë');
  });

  it('is no name when the cell has no letter, is empty or is longer than any name', () => {
    for (const text of ['', '   ', '-', '1234', '???', 'x'.repeat(201)]) {
      expect(name(text)).toBeNull();
    }
  });

  it('is a birth date in any way of writing one, a year alone being its 1 January', () => {
    expect(birthDate('05/03/1990')).toBe('1990-03-05');
    expect(birthDate(new Date('1990-03-05T00:00:00Z'))).toBe('1990-03-05');
    expect(birthDate('5-3-65')).toBe('1965-03-05');
    expect(birthDate('5-3-05')).toBe('2005-03-05');
    expect(birthDate('1990')).toBe('1990-01-01');
    expect(birthDate(1990)).toBe('1990-01-01');
  });

  it('is no birth date when nobody can be born on it', () => {
    const impossible = [
      '31/02/1990',
      '01/01/1800',
      '0000',
      '1850',
      '2099',
      '21/11/2026',
      'ieri',
      '',
    ];
    for (const text of impossible) expect(birthDate(text)).toBeNull();
    expect(birthDate(new Date(Number.NaN))).toBeNull();
    expect(birthDate(45_000)).toBeNull();
  });

  it('is a citizenship by code, country or people, whatever the case, the accents and the gender', () => {
    for (const text of ['CI', ' ci ', "Costa d'Avorio", 'COSTA D’AVORIO', 'ivoriana', 'Ivoriano']) {
      expect(citizenship(text)).toBe('CI');
    }
    expect(citizenship('nigeriana')).toBe('NG');
    expect(citizenship('nigerina')).toBe('NE');
    expect(citizenship('FJ')).toBe('FJ');
  });

  it('is no citizenship when the word is unknown, or could be two countries', () => {
    for (const text of [
      '',
      'ZZ',
      'apolide',
      'congolese',
      'in attesa',
      '__proto__',
      'constructor',
    ]) {
      expect(citizenship(text)).toBeNull();
    }
  });

  it('is a sex where one is written', () => {
    const sexOf = (sex: string) => readPersonAttributes({ sex }, day).sex;
    expect(['F', 'femmina', ' m ', 'Maschio', 'X', '', '1'].map(sexOf)).toEqual([
      'F',
      'F',
      'M',
      'M',
      null,
      null,
      null,
    ]);
  });

  it('never stops a row, whatever stands in its cells', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constant(undefined),
      fc.date({ noInvalidDate: false }),
    );
    const cells = fc.record({
      name: cell,
      familyName: cell,
      givenName: cell,
      birth: cell,
      sex: cell,
      citizenship: cell,
    });
    fc.assert(
      fc.property(cells, (row) => {
        const read = readPersonAttributes(row, day);
        expect(Object.keys(read).sort()).toEqual(Object.keys(nothing).sort());
        expect(read.birthDate ?? '1990-01-01').toMatch(/^(19|20)\d{2}-\d{2}-\d{2}$/u);
        expect(read.citizenship ?? 'IT').toMatch(/^[A-Z]{2}$/u);
      }),
    );
  });
});

describe('a presence sheet', () => {
  const title = { managingBody: 'Cooperativa', municipality: 'Fidenza', day };
  const parse = (header: string[], ...rows: string[][]) => {
    const parsed = parsePresenceSheet(
      {
        name: 'Casa',
        rows: [['Comune: Fidenza'], header, ...rows].map((cells, index) => ({
          line: index + 1,
          cells,
        })),
      },
      title,
    );
    if (parsed.kind !== 'sheet') throw new Error('not read as a sheet');
    return parsed.sheet;
  };

  it('gives the attributes of its guests, family and given name in two columns included', () => {
    const { records } = parse(
      ['N.', 'Cognome', 'Nome', 'Data nascita', 'Sesso', 'Cittadinanza', 'Presente'],
      ['1', 'INVENTATA', 'Persona', '01/02/1990', 'F', 'maliana', 'SI'],
      ['2', 'INVENTATO', '', '', '', 'di qualche parte', 'SI'],
    );
    expect(records.map(({ attributes }) => attributes)).toEqual([
      { name: 'INVENTATA Persona', birthDate: '1990-02-01', sex: 'F', citizenship: 'ML' },
      { ...nothing, name: 'INVENTATO' },
    ]);
  });

  it.each(['Sesso', 'SESSO', 'M/F', 'Genere'])('has the sex of a guest under %s', (heading) => {
    const { records } = parse(
      ['N.', 'Nominativo', heading, 'Presente'],
      ['1', 'INVENTATA', 'F', 'SI'],
    );
    expect(records.map(({ attributes }) => attributes.sex)).toEqual(['F']);
  });

  it('refuses a row without a word of who it is about', () => {
    const { refusals } = parse(
      ['N.', 'Nominativo', 'Data nascita', 'Cittadinanza', 'Presente'],
      ['1', 'CANARYNAME', 'CANARYBIRTH', 'CANARYCOUNTRY', 'SI'],
      ['', 'CANARYNAME', '01/02/1990', 'CANARYCOUNTRY', 'SI'],
      ['3', 'CANARYNAME', '01/02/1990', 'CANARYCOUNTRY', 'CANARYMARK'],
    );
    expect(refusals).toHaveLength(3);
    expect(JSON.stringify(refusals)).not.toMatch(/CANARY|1990/u);
  });
});
