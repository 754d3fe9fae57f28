import type { Script } from '../names/name-list.ts';
import type { Random } from '../random.ts';
import type { Sounds } from './read-sounds.ts';

/** A sound that is not written in the script, or that clerks hear in several ways. */
interface Doubt {
  readonly sound: RegExp;
  readonly share: number;
  readonly heard: readonly string[];
}

const isDoubled = /([b-df-hj-np-tv-zSCJZGHT])\1/g;

/** Arabic writes no short vowels and often no doubled letters: who reads it puts them in. */
const unwrittenVowels: readonly Doubt[] = [
  { sound: /(?<=.)a(?=.)/g, share: 0.2, heard: ['e'] },
  { sound: /(?<=.)e(?=.)/g, share: 0.3, heard: ['a', 'i'] },
  { sound: /(?<=.)i(?=.)/g, share: 0.2, heard: ['e'] },
  { sound: /u/g, share: 0.25, heard: ['o'] },
  { sound: /o/g, share: 0.3, heard: ['u'] },
  { sound: isDoubled, share: 0.4, heard: ['$1'] },
  { sound: /a$/g, share: 0.15, heard: ['ah', 'e'] },
  { sound: /(?<=a)h$/g, share: 0.4, heard: [''] },
];

const doubts: Readonly<Record<Script, readonly Doubt[]>> = {
  ARABIC: unwrittenVowels,
  PERSO_ARABIC: [
    ...unwrittenVowels,
    { sound: /w/g, share: 0.3, heard: ['v'] },
    { sound: /q/g, share: 0.2, heard: ['G'] },
  ],
  CYRILLIC: [
    // Through Russian, where the Ukrainian sound does not exist.
    { sound: /H/g, share: 0.35, heard: ['g'] },
    { sound: /^e/g, share: 0.2, heard: ['je'] },
    { sound: /ij$/g, share: 0.3, heard: ['i'] },
    { sound: /(?<=.)o(?=.)/g, share: 0.06, heard: ['a'] },
    { sound: isDoubled, share: 0.4, heard: ['$1'] },
  ],
  GEEZ: [
    // The first order of the syllabary lies between a and e; the sixth is e, i or nothing.
    { sound: /(?<=.)e(?=.)/g, share: 0.25, heard: ['a'] },
    { sound: /(?<=.)i(?=.)/g, share: 0.2, heard: ['e'] },
    { sound: /(?<=.)a(?=.)/g, share: 0.1, heard: ['e'] },
    { sound: /u/g, share: 0.1, heard: ['o'] },
    { sound: /T/g, share: 0.3, heard: ['s'] },
    { sound: isDoubled, share: 0.5, heard: ['$1'] },
  ],
  LATIN_AFRICAN: [
    { sound: /(?<=.)e(?=.)/g, share: 0.08, heard: ['i'] },
    { sound: /o/g, share: 0.1, heard: ['u'] },
    { sound: /u/g, share: 0.1, heard: ['o'] },
    { sound: /gb/g, share: 0.3, heard: ['b'] },
    { sound: /G/g, share: 0.5, heard: ['g'] },
    { sound: /(?<=[aeiou])h$/g, share: 0.5, heard: [''] },
    { sound: isDoubled, share: 0.4, heard: ['$1'] },
  ],
  LATIN: [],
};

/** The word as one clerk understands it. */
export function hearSounds(random: Random, sounds: Sounds, script: Script): Sounds {
  let heard = sounds;
  for (const doubt of doubts[script]) {
    heard = heard.replace(doubt.sound, (whole, ...groups: unknown[]) => {
      if (!random.chance(doubt.share)) return whole;
      // Only doubled letters have a group: the single one.
      return random.pick(doubt.heard).replace('$1', String(groups[0]));
    });
  }
  return heard;
}
