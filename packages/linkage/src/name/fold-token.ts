import type { NameToken } from './name-tokens.ts';

/**
 * How one sound is written by clerks of different schools (French, English, Italian, German, Spanish, Turkish,
 * and the Ukrainian and Russian passports); applied in this order to a word of a to z.
 */
const REWRITES: readonly (readonly [RegExp, string])[] = [
  // Abd al-, Abdul-, Abdur-, Abder-: one prefix, whatever the sun letter made of its l.
  [/^abd[aeou]?l?l+ah?$/, 'abdala'],
  [/^abd[aeou]?[lrsntdz]?(?=[rsntdz])/, 'abd'],
  [/^abd[aeou]?l?(?=[bfghjkmqw])/, 'abd'],
  // The article written together with its word.
  [/^[ae]l(?=[bcdfghjkmnpqrstvwxyz][a-z]{3})/, ''],
  // Letters at the end that nobody says.
  [/ow$/, 'o'],
  [/(?<=[a-z]{2}[bcdfghjklmnpqrstvwxz])e$/, ''],
  [/(?<=[aeiou])h$/, ''],
  // Vowels written with other letters.
  [/ou(?=[aeiou])/g, 'v'],
  [/oo|ou|uw/g, 'u'],
  [/ee|ie|ij|ii|iy|yi|yy/g, 'i'],
  // Consonants of more than one letter.
  [/tsch|tch|dsch|sch|sh|sz|ch|cz|sc(?=[ei])/g, 's'],
  [/zh|ts|tz|dz(?!h)/g, 's'],
  [/dj|dzh|dg(?=[ei])|di(?=[aou])|gi(?=[aou])/g, 'j'],
  [/gh|gu(?=[ei])/g, 'g'],
  [/kh|ck|qu(?=[ei])|q/g, 'k'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/dh/g, 'd'],
  [/gn|nh/g, 'n'],
  [/x/g, 'ks'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/w/g, 'v'],
  [/z/g, 's'],
  // Egyptian g, French and English j, Slavic and German j: three schools, one letter.
  [/j(?=[aeou])/g, 'g'],
  [/[jy]/g, 'i'],
  [/e/g, 'i'],
  [/o/g, 'u'],
  [/p/g, 'b'],
  [/(.)\1+/g, '$1'],
];

/** Shorter skeletons (Ali, Musa, Hasan and Husen) would make strangers, even twins, equal. */
const SHORTEST_SKELETON = 4;

/** Mahmoud is not Mohamed, and his brother may be: their consonants alone would make them one. */
const KEPT_WITH_VOWELS: ReadonlySet<string> = new Set(['mahmud', 'mahmut']);

/** `word` has the letters a to z only. */
export function foldToken(word: string): NameToken {
  const folded = REWRITES.reduce((text, [pattern, sound]) => text.replace(pattern, sound), word);
  const consonants = folded.replace(/[aiu]/g, '');
  const isTelling = consonants.length >= SHORTEST_SKELETON && !KEPT_WITH_VOWELS.has(folded);
  const skeleton = isTelling ? consonants : folded;
  return { folded, skeleton };
}
