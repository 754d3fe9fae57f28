import { plainText, splitList } from './italian-values.ts';

/** Italian names of the languages the registers write down, to ISO 639-1. */
const codeByItalianName: Readonly<Record<string, string>> = {
  albanese: 'sq',
  amarico: 'am',
  arabo: 'ar',
  bambara: 'bm',
  bengalese: 'bn',
  bengali: 'bn',
  cinese: 'zh',
  curdo: 'ku',
  dari: 'fa',
  farsi: 'fa',
  francese: 'fr',
  fula: 'ff',
  hausa: 'ha',
  hindi: 'hi',
  inglese: 'en',
  italiano: 'it',
  pashto: 'ps',
  persiano: 'fa',
  portoghese: 'pt',
  punjabi: 'pa',
  romeno: 'ro',
  rumeno: 'ro',
  russo: 'ru',
  somalo: 'so',
  spagnolo: 'es',
  tedesco: 'de',
  tigrino: 'ti',
  turco: 'tr',
  ucraino: 'uk',
  urdu: 'ur',
  wolof: 'wo',
};

const knownCodes: ReadonlySet<string> = new Set([
  ...Object.values(codeByItalianName),
  ...[
    'bg',
    'cs',
    'el',
    'hr',
    'hu',
    'hy',
    'ig',
    'ja',
    'ka',
    'ln',
    'nl',
    'pl',
    'rw',
    'sn',
    'sr',
    'sw',
    'ta',
    'tl',
    'yo',
  ],
]);

/** ISO 639-2's code for a language that could not be told. */
const undetermined = 'und';

/** The languages of a list cell as ISO 639-1 codes; a name that is not known becomes `und`. */
export function readLanguages(text: string): string[] {
  const codes = splitList(text).map((item) => {
    const plain = plainText(item);
    if (knownCodes.has(plain)) return plain;
    return codeByItalianName[plain] ?? undetermined;
  });
  return [...new Set(codes)].sort();
}
