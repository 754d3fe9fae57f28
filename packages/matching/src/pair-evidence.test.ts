import { describe, expect, it } from 'vitest';
import { enrolled } from './enrolled-people.fixture.ts';
import { createFilterTable } from './filter-table.ts';
import type { EncodedIdentifier, LinkablePerson } from './linkable-person.ts';
import { compareIdentifiers, comparePeople, type PairEvidence } from './pair-evidence.ts';

function compare(a: LinkablePerson, b: LinkablePerson): PairEvidence {
  const table = createFilterTable();
  if (a.attributes !== null) table.set(0, a.attributes.filters);
  if (b.attributes !== null) table.set(1, b.attributes.filters);
  const [left, right] = [
    { person: a, slot: 0 },
    { person: b, slot: 1 },
  ];
  const evidence = comparePeople(table, left, right);
  expect(comparePeople(table, right, left)).toEqual(evidence);
  return evidence;
}

describe('how far two dates agree, the same in both directions', () => {
  it.each([
    ['1990-05-17', '1990-05-17', 'SAME'],
    ['1990-05-17', '1990-05-18', 'SAME_MONTH'],
    ['1990-05-17', '1990-06-17', 'SAME_YEAR'],
    ['1990-05-17', '1991-05-17', 'OTHER_YEAR'],
    ['1990-05-04', '1990-04-05', 'DAY_AND_MONTH_SWAPPED'],
    ['1990-01-01', '1990-01-01', 'SAME_ESTIMATED_YEAR'],
    ['1990-01-01', '1990-12-31', 'SAME_ESTIMATED_YEAR'],
    ['1990-01-01', '1991-01-01', 'NEXT_ESTIMATED_YEAR'],
    ['1989-01-01', '1990-01-01', 'NEXT_ESTIMATED_YEAR'],
    ['1990-01-01', '1990-05-17', null],
    ['1990-05-17', '1984-08-02', null],
  ])('%s and %s: %s', (one, other, date) => {
    const written = { name: 'Fatoumata Binta Diallo', citizenship: 'SN' };
    const evidence = compare(
      enrolled('a', 1, { ...written, birthDate: one }),
      enrolled('b', 1, { ...written, birthDate: other }),
    );
    expect(evidence.date).toBe(date);
  });
});

describe('what else two records say', () => {
  const written = {
    name: 'Fatoumata Diallo',
    birthDate: '1990-05-17',
    sex: 'F',
    citizenship: 'SN',
  } as const;
  const own = enrolled('a', 1, written);

  it('sex and citizenship agree, differ, or are not known', () => {
    expect(compare(own, enrolled('b', 1, written))).toMatchObject({
      sex: 'AGREES',
      citizenship: 'AGREES',
    });
    expect(compare(own, enrolled('b', 1, { ...written, sex: 'M' })).sex).toBe('DIFFERS');
    expect(compare(own, enrolled('b', 1, { ...written, citizenship: null })).citizenship).toBe(
      'UNKNOWN',
    );
  });

  it('two very long names under two dates have nothing in common because they are long', () => {
    const one = 'Bartolomeusina Christophersen Fernandezgomar Guadalupevilar Montenegrodusa';
    const other = 'Gebremeskelata Haileselassieb Kidanemariamov Przemyslawicza Woldegiorgisan';
    const evidence = compare(
      enrolled('a', 1, { name: `${one} Konstantinidis Zbigniewiczuk`, birthDate: '1990-05-17' }),
      enrolled('b', 1, { name: `${other} Vyacheslavovic Rostyslavenko`, birthDate: '1984-08-02' }),
    );
    expect(evidence).toMatchObject({ nameSimilarity: null, date: null });
  });

  it('a record without a name is compared by its numbers only', () => {
    const number = [{ kind: 'VESTANET', value: 'XT0007919' }] as const;
    const evidence = compare(enrolled('a', 1, written, number), enrolled('b', 1, {}, number));
    expect(evidence).toMatchObject({
      sharedIdentifiers: ['VESTANET'],
      nameSimilarity: null,
      date: null,
    });
  });

  it('encodings under two keys are never compared', () => {
    const other = enrolled('b', 1, written);
    if (other.attributes === null) throw new Error('No attributes');
    const rotated = { ...other, attributes: { ...other.attributes, keyId: 'next' } };
    expect(compare(own, rotated)).toMatchObject({ nameSimilarity: null, skeletons: [] });
  });
});

describe('identifiers', () => {
  const one = (
    kind: EncodedIdentifier['kind'],
    mac: string,
    validFrom?: string,
    validTo?: string,
  ): EncodedIdentifier => ({ kind, keyId: 'k', mac, validFrom, validTo });

  it('shared kinds are told strongest first', () => {
    const all = [one('PERMIT', 'p'), one('CODICE_FISCALE', 'c'), one('CUI', 'u')];
    expect(compareIdentifiers(all, [...all].reverse()).sharedIdentifiers).toEqual([
      'CUI',
      'CODICE_FISCALE',
      'PERMIT',
    ]);
  });

  it('a lasting number that differs is a veto; one that is renewed only on a common day', () => {
    const vetoes = (a: EncodedIdentifier, b: EncodedIdentifier) =>
      compareIdentifiers([a], [b]).vetoes;
    expect(vetoes(one('CUI', 'x'), one('CUI', 'y'))).toEqual(['CUI']);
    expect(vetoes(one('STP', 'x'), one('STP', 'y'))).toEqual([]);
    const first = one('STP', 'x', '2026-01-01', '2026-06-30');
    expect(vetoes(first, one('STP', 'y', '2026-06-30', '2026-12-30'))).toEqual(['STP']);
    expect(vetoes(first, one('STP', 'y', '2026-07-01', '2026-12-30'))).toEqual([]);
    expect(vetoes(first, one('STP', 'y', '2026-03-01'))).toEqual([]);
    expect(vetoes(one('CODICE_FISCALE', 'x'), one('CODICE_FISCALE_PROVISIONAL', 'y'))).toEqual([]);
  });

  it('one number in common outweighs another of the same kind', () => {
    const both = [one('CODICE_FISCALE', 'x'), one('CODICE_FISCALE', 'y')];
    expect(compareIdentifiers(both, [one('CODICE_FISCALE', 'x')])).toEqual({
      sharedIdentifiers: ['CODICE_FISCALE'],
      vetoes: [],
    });
  });
});
