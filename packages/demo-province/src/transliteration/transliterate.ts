import type { Script } from '../names/name-list.ts';
import type { Random } from '../random.ts';
import { hearSounds } from './hear-sounds.ts';
import { readSounds, type Sounds } from './read-sounds.ts';
import { type School, type SchoolName, schools, schoolsOf } from './schools.ts';

/** The school of one clerk in front of a name of this script. */
export function drawSchool(random: Random, script: Script): SchoolName {
  return random.weighted(schoolsOf[script]);
}

/** Writes a name by the rules of one school, without a look at how others spelled it; never an empty name. */
export function transliterate(
  random: Random,
  name: string,
  script: Script,
  schoolName: SchoolName,
): string {
  const words = name.split(/[\s-]+/).filter((word) => word !== '');
  const written = words.map((word) => {
    if (script === 'LATIN') return withoutAccents(word);
    const heard = hearSounds(random, readSounds(word, script), script);
    return capitalised(spell(random, heard, schools[schoolName])) || word;
  });
  return written.join(' ') || name;
}

/** One clerk writes one sound in one way throughout a word. */
function spell(random: Random, sounds: Sounds, school: School): string {
  const chosen = new Map<string, string>();
  return Array.from({ length: sounds.length }, (_, place) => {
    const key = keyOf(school, sounds, place);
    const letters = chosen.get(key) ?? pickUsual(random, school[key] ?? [sounds.charAt(place)]);
    if (key in school) chosen.set(key, letters);
    return letters;
  }).join('');
}

function keyOf(school: School, sounds: Sounds, place: number): string {
  const sound = sounds.charAt(place);
  const next = sounds.charAt(place + 1);
  const isAfterVowel = /[aeiou]/.test(sounds.charAt(place - 1));
  const places = [
    next === '' ? `${sound}$` : '',
    /[eij]/.test(next) ? `${sound}<` : '',
    isAfterVowel ? `${sound}~` : '',
    isAfterVowel && /[aeiou]/.test(next) ? `${sound}=` : '',
    /[aeiou]/.test(next) ? '' : `${sound}.`,
  ];
  return places.find((key) => key in school) ?? sound;
}

/** The first three times in four. */
function pickUsual(random: Random, letters: readonly string[]): string {
  const [usual = '', ...others] = letters;
  return others.length === 0 || random.chance(0.75) ? usual : random.pick(others);
}

function withoutAccents(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}+/gu, '') || word;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}
