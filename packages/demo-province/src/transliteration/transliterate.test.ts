import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCRIPTS } from '../names/name-list.ts';
import { origins } from '../origins.ts';
import { at, createRandom } from '../random.ts';
import { readSounds } from './read-sounds.ts';
import { type SchoolName, schools } from './schools.ts';
import { drawSchool, transliterate } from './transliterate.ts';

const script = fc.constantFrom(...SCRIPTS);
// The keys of an object that is typed by them.
const school = fc.constantFrom(...(Object.keys(schools) as SchoolName[]));
const listed = origins.flatMap(({ names }) =>
  [...names.female, ...names.male, ...names.family].map((spellings) => ({
    name: at(spellings, 0),
    script: names.script,
  })),
);

describe('a clerk who spells by a school of his own', () => {
  it('never leaves a name empty, whatever is on the paper', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), script, school, fc.nat(), (name, from, by, seed) => {
        expect(transliterate(createRandom(seed), name, from, by)).not.toBe('');
      }),
    );
  });

  it('writes the same for the same seed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...listed),
        school,
        fc.nat(),
        ({ name, script: from }, by, seed) => {
          const write = () => transliterate(createRandom(seed), name, from, by);
          expect(write()).toBe(write());
        },
      ),
    );
  });

  it('keeps as many words as the name has', () => {
    for (const { name, script: from } of listed) {
      const written = transliterate(createRandom(1), name, from, 'FRENCH');
      expect(written.split(' ')).toHaveLength(name.split(' ').length);
    }
  });

  it('is a French, an English, an Italian or a German one', () => {
    const firstOf = (by: SchoolName, name: string, from: 'ARABIC' | 'CYRILLIC') => {
      const counts = new Map<string, number>();
      for (let seed = 0; seed < 200; seed += 1) {
        const written = transliterate(createRandom(seed), name, from, by);
        counts.set(written, (counts.get(written) ?? 0) + 1);
      }
      return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
    };
    expect(firstOf('FRENCH', 'Youssef', 'ARABIC')).toMatch(/^Y?ous/);
    expect(firstOf('ENGLISH', 'Youssef', 'ARABIC')).toMatch(/^Yus/);
    expect(firstOf('FRENCH', 'Shevchenko', 'CYRILLIC')).toBe('Chevtchenko');
    expect(firstOf('GERMAN', 'Shevchenko', 'CYRILLIC')).toMatch(/^Sche[vw]tschenko$/);
    expect(firstOf('ITALIAN', 'Shevchenko', 'CYRILLIC')).toMatch(/^Scevc/);
  });

  it('spells most names unlike any listed spelling', () => {
    const spellings = new Set(
      origins.flatMap(({ names }) =>
        [...names.female, ...names.male, ...names.family].flat().map((name) => name.toLowerCase()),
      ),
    );
    const random = createRandom(5);
    const foreign = listed.filter(({ script: from }) => from !== 'LATIN');
    const unlisted = foreign.filter(({ name, script: from }) => {
      const written = transliterate(random, name, from, drawSchool(random, from));
      return !spellings.has(written.toLowerCase());
    });
    expect(unlisted.length / foreign.length).toBeGreaterThan(0.4);
  });
});

it.each([
  ['Rachid', 'ARABIC', 'raSid'],
  ['Chinedu', 'LATIN_AFRICAN', 'Cinedu'],
  ['Khadija', 'ARABIC', 'xadiJa'],
  ['Hnatiuk', 'CYRILLIC', 'Hnatjuk'],
  ['Yuriy', 'CYRILLIC', 'jurij'],
  ["N'Diaye", 'LATIN_AFRICAN', 'ndiaje'],
] as const)('%s is read as it sounds', (word, from, sounds) => {
  expect(readSounds(word, from)).toBe(sounds);
});
