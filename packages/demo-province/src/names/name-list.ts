/** Names of one origin; each entry holds the spellings one name takes on Italian paperwork. */
export interface NameList {
  readonly female: readonly (readonly string[])[];
  readonly male: readonly (readonly string[])[];
  readonly family: readonly (readonly string[])[];
}

/** Reads `Mamadou/Mamadu Ousmane/Usman`: names apart by spaces, spellings by `/`, `_` for a space within a name. */
export function nameList(lists: { female: string; male: string; family: string }): NameList {
  return {
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
