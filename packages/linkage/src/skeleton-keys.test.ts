import { describe, expect, it } from 'vitest';
import { readBirthDate } from './filter/birth-date.ts';
import { readNameTokens } from './name/name-tokens.ts';
import { SKELETON_KINDS, skeletonKeysOf } from './skeleton-keys.ts';

function keysOf(name: string, date: string, citizenship: string | null = 'SN'): string[] {
  const born = readBirthDate(date, 2026);
  if (born === null) throw new Error('No date');
  return skeletonKeysOf(readNameTokens(name), born, citizenship).map(
    ({ kind, text }) => `${kind} ${text}`,
  );
}

function shared(one: string[], other: string[]): string[] {
  return [
    ...new Set(one.filter((key) => other.includes(key)).map((key) => key.split(' ')[0] ?? '')),
  ];
}

describe('two registers have in common', () => {
  const own = keysOf('Fatoumata Diallo', '1990-05-04');

  it('everything, when only the spelling differs', () => {
    expect(keysOf('DIALLO, Fatumata', '1990-05-04')).toEqual(own);
  });

  it('the name with the date in either order, when day and month are swapped', () => {
    expect(shared(own, keysOf('Fatoumata Diallo', '1990-04-05'))).toEqual(['NAME_EITHER_DATE']);
  });

  it('all but citizenship, when one does not know it', () => {
    expect(shared(own, keysOf('Fatoumata Diallo', '1990-05-04', null))).toEqual([
      'NAME_DATE',
      'NAME_EITHER_DATE',
      'NAME_PAIR_DATE',
    ]);
  });

  it('a pair of words, when one of them wrote a third', () => {
    expect(shared(own, keysOf('Fatoumata Binta Diallo', '1990-05-04'))).toEqual([
      'NAME_PAIR_DATE',
      'NAME_PART_DATE_CITIZENSHIP',
    ]);
  });

  it('one word, when the other is another', () => {
    expect(shared(own, keysOf('Aminata Diallo', '1990-05-04'))).toEqual([
      'NAME_PART_DATE_CITIZENSHIP',
    ]);
  });

  it('nothing, when the year is another', () => {
    expect(shared(own, keysOf('Fatoumata Diallo', '1991-05-04'))).toEqual([]);
  });
});

it('a part of a name says nothing on 1 January', () => {
  const kinds = keysOf('Fatoumata Diallo', '1990-01-01').map((key) => key.split(' ')[0]);
  expect(kinds).not.toContain('NAME_PART_DATE_CITIZENSHIP');
  expect(kinds).not.toContain('NAME_EITHER_DATE');
});

it('a name of eight words makes no more keys than the index takes', () => {
  expect(
    keysOf('Alejandro Bartolome Cristobal Domingo Esteban Fernando Gregorio Humberto', '1990-05-04')
      .length,
  ).toBeLessThanOrEqual(32);
});

it('every kind is used', () => {
  const kinds = new Set(keysOf('Ana Maria Lopez', '1990-05-04').map((key) => key.split(' ')[0]));
  expect([...kinds].sort()).toEqual([...SKELETON_KINDS].sort());
});
