import { describe, expect, it } from 'vitest';
import { readColumnNames } from '../input/columns.ts';
import { type PersonReading, readPerson } from './read-person.ts';

const names = await readColumnNames(undefined);
const read = (cells: Readonly<Record<string, string>>, reading: Partial<PersonReading> = {}) =>
  readPerson(
    { kind: 'row', line: 2, cells: new Map(Object.entries(cells)), unreadable: [] },
    { names, issuer: undefined, ...reading },
  );

describe('a row of the input', () => {
  it('becomes a person with identifiers, attributes and wishes', () => {
    expect(
      read({
        local_id: ' U1 ',
        given_name: 'Amina',
        family_name: 'Inventata',
        birth_date: '1/4/1990',
        sex: 'f',
        citizenship: 'ma',
        household_code: 'social-services:NF-1',
        codice_fiscale: 'NVNMNA90D41Z330X',
        cui: '0TVL0000001',
        cui_from: '2024-01-05',
        cui_to: '30/06/2024',
        closed_on: '2025-01-31',
        restricted: 'sì',
        sharing: 'SI',
      }),
    ).toEqual({
      localId: 'U1',
      person: {
        identifiers: [
          { kind: 'CODICE_FISCALE', value: 'NVNMNA90D41Z330X' },
          {
            kind: 'CUI',
            value: '0TVL0000001',
            validFrom: '2024-01-05',
            validTo: '2024-06-30',
          },
        ],
        attributes: {
          name: 'Amina Inventata',
          birthDate: '1990-04-01',
          sex: 'F',
          citizenship: 'MA',
        },
        closedOn: '2025-01-31',
        sharing: 'ALLOWED',
        isRestricted: true,
      },
      householdCode: 'social-services:NF-1',
      malformed: [],
      checkFailed: ['codice_fiscale'],
      missing: [],
    });
  });

  it('is a person also when nothing but the local id can be read', () => {
    expect(
      read({
        local_id: 'U2',
        name: '???',
        birth_date: '31/02/1990',
        sex: 'X',
        citizenship: 'Marocco',
        household_code: 'NF-1',
        cui: 'non ricordo',
        closed_on: 'ieri',
      }),
    ).toMatchObject({
      person: {
        identifiers: [],
        attributes: { name: null, birthDate: null, sex: null, citizenship: null },
      },
      householdCode: null,
      malformed: [
        ...['cui', 'name', 'birth_date', 'sex', 'citizenship', 'household_code', 'closed_on'],
      ],
      missing: ['name', 'birth_date', 'sex', 'citizenship'],
    });
  });

  it('leaves an identifier out when its validity cannot be read, for it could veto a right link', () => {
    const person = read({ local_id: 'U3', cui: '0TVL0000001', cui_to: '31/02/2024' });
    expect(person).toMatchObject({ person: { identifiers: [] }, malformed: ['cui_to'] });
  });

  it('takes a provisional code in the column of the definitive one for what it is', () => {
    expect(read({ local_id: 'U4', codice_fiscale: '99900010011' })?.person.identifiers).toEqual([
      { kind: 'CODICE_FISCALE_PROVISIONAL', value: '99900010011' },
    ]);
  });

  it('takes an unreadable answer on sharing or protection for the careful one', () => {
    const person = read({ local_id: 'U5', sharing: 'forse', restricted: 'forse' });
    expect(person?.person).toMatchObject({ sharing: 'EXCLUDED', isRestricted: true });
    expect(person?.malformed).toEqual(['sharing', 'restricted']);
    expect(read({ local_id: 'U5' })?.person).not.toHaveProperty('sharing');
    expect(read({ local_id: 'U5', restricted: 'no' })?.person).not.toHaveProperty('isRestricted');
  });

  it('puts the issuer before household codes that do not name one', () => {
    const issuer = 'social-services';
    const codeOf = (code: string) => read({ local_id: 'U6', household_code: code }, { issuer });
    expect(codeOf('NF-1')?.householdCode).toBe('social-services:NF-1');
    expect(codeOf('reception-centres:NR-1')?.householdCode).toBe('reception-centres:NR-1');
  });

  it('is nobody without a local id', () => {
    expect(read({ local_id: '  ', name: 'Amina Inventata' })).toBeNull();
  });
});
