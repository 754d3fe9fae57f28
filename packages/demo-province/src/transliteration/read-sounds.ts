import type { Script } from '../names/name-list.ts';

/**
 * The sounds of a word, a character each: Latin letters as they mostly sound, and `S` sh, `C` ch, `J` dj, `Z` zh,
 * `x` kh, `G` gh, `H` the voiced h of Ukrainian, `T` ts, `j` the glide of "yes". Doubled = held long.
 */
export type Sounds = string;

type Reading = readonly [letters: string, sounds: Sounds];

const everywhere: readonly Reading[] = [
  ['shch', 'SC'],
  ['sch', 'S'],
  ['tch', 'C'],
  ['sh', 'S'],
  ['ch', 'C'],
  ['kh', 'x'],
  ['gh', 'G'],
  ['zh', 'Z'],
  ['dj', 'J'],
  ['ts', 'T'],
  ['ph', 'f'],
  ['th', 't'],
  ['dh', 'd'],
  ['ck', 'k'],
  ['oo', 'u'],
  ['ou', 'u'],
  ['ee', 'i'],
  ['aa', 'a'],
  ['uu', 'u'],
  ['ii', 'i'],
  ['ş', 'S'],
  ['š', 'S'],
  ['ç', 'C'],
  ['č', 'C'],
  ['ž', 'Z'],
  ['ğ', ''],
  ['ı', 'i'],
  ['ñ', 'nj'],
  ['ce', 'se'],
  ['ci', 'si'],
  ['cy', 'si'],
  ['c', 'k'],
  ['x', 'ks'],
  ['j', 'J'],
];

/** What the first listed spelling means where it means something else; longer readings come first. */
const inScript: Readonly<Record<Script, readonly Reading[]>> = {
  // The Maghreb's papers are French.
  ARABIC: [['ch', 'S']],
  PERSO_ARABIC: [],
  CYRILLIC: [
    ['iia', 'ija'],
    ['ia', 'ja'],
    ['iu', 'ju'],
    ['ii', 'ij'],
    ['iy', 'ij'],
    ['kh', 'x'],
    ['sh', 'S'],
    ['zh', 'Z'],
    ['ch', 'C'],
    ['h', 'H'],
  ],
  GEEZ: [],
  LATIN_AFRICAN: [['che', 'Se']],
  LATIN: [],
};

const isVowel = (letter: string | undefined): boolean => /^[aeiou]$/.test(letter ?? '');

/** Reads one word of a name as somebody who speaks the language would say it. */
export function readSounds(word: string, script: Script): Sounds {
  const letters = word.toLowerCase().replace(/['’‘`]/g, '');
  const readings = [...inScript[script], ...everywhere].sort(
    ([one], [other]) => other.length - one.length,
  );
  let sounds = '';
  for (let place = 0; place < letters.length; ) {
    const reading = readings.find(([text]) => letters.startsWith(text, place));
    const [text, sound] = reading ?? plain(letters, place);
    sounds += sound;
    place += text.length;
  }
  return sounds;
}

function plain(letters: string, place: number): Reading {
  const letter = letters.charAt(place);
  if (letter === 'y') {
    const isGlide = isVowel(letters[place + 1]) || isVowel(letters[place - 1]);
    return [letter, isGlide ? 'j' : 'i'];
  }
  return [letter, letter.normalize('NFKD').replace(/\p{M}+/gu, '')];
}
