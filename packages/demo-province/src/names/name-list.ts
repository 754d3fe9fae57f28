/** What a clerk has before him or her: papers in another script, or in Latin letters of another orthography. */
export const SCRIPTS = [
  'ARABIC',
  /** Persian and Urdu, and Bengali heard the same way. */
  'PERSO_ARABIC',
  /** Ukrainian and Russian, and Georgian by way of Russian. */
  'CYRILLIC',
  'GEEZ',
  'LATIN_AFRICAN',
  /** Copied letter by letter: nothing but accents can go wrong. */
  'LATIN',
] as const;

export type Script = (typeof SCRIPTS)[number];

/** Names of one origin; each entry holds the spellings one name takes on Italian paperwork. */
export interface NameList {
  readonly script: Script;
  readonly female: readonly (readonly string[])[];
  readonly male: readonly (readonly string[])[];
  readonly family: readonly (readonly string[])[];
}

/** Reads `Mamadou/Mamadu Ousmane/Usman`: names apart by spaces, spellings by `/`, `_` for a space within a name. */
export function nameList(
  script: Script,
  lists: { female: string; male: string; family: string },
): NameList {
  return {
    script,
    female: spellings(lists.female),
    male: spellings(lists.male),
    family: spellings(lists.family),
  };
}

function spellings(text: string): string[][] {
  return text
    .trim()
    .split(/\s+/)
    .map((name) => name.split('/').map((spelling) => spelling.replaceAll('_', ' ')));
}
