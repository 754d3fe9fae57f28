import anyAscii from 'any-ascii';
import { foldToken } from './fold-token.ts';

/** One word of a name, however it was spelled. */
export interface NameToken {
  /** Sounds, vowels merged into a, i, u. */
  readonly folded: string;
  /** Consonants only, or the folded form where that leaves too little to tell names apart. */
  readonly skeleton: string;
}

/** Longer texts are an address or a mistake; nobody's name is cut in two by this. */
const LONGEST_NAME = 120;
const MOST_TOKENS = 8;

/** Articles, "of", "and": clerks write or drop them at will. */
const DROPPED =
  /^(?:al|el|il|ul|ur|ar|as|es|ash|ach|esh|ech|an|en|at|et|ad|ed|az|ez|de|do|del|della|delle|di|da|das|dos|du|la|las|le|los|lo|y|e|i|van|von|der|den|bint|bin|ibn|ould|wuld|ait|zu|mr|mrs|sig|sigra)$/;

/** Prefixes that belong to the word after them: Ben Ali, Abd al-Rahman, Abu Bakr, N'Diaye. */
const JOINED =
  /^(?:ben|bel|beni|abd|abdel|abdul|abdal|abdur|abder|abdou|abou|abu|bou|oul|um|umm|n|m|d|o|mc|mac|sidi)$/;

/** Prefixes that are also given names: joined only where a name of two words is left, or Abou Diallo would have one. */
const ALSO_GIVEN = /^(?:abdou|abou|sidi)$/;

/** Fillers of a compulsory box. */
const NOBODY =
  /^(?:nome|cognome|name|unknown|ignoto|ignota|sconosciuto|sconosciuta|nn|nd|na|null|none|xxx+|test|prova|fnu|lnu|senza)$/;

/** "N/D", "n.a.": not two initials. */
const NOT_AVAILABLE = /^[^a-z]*n[^a-z]*[acdn][^a-z]*$/;

/** The words of a name as sounds, in alphabetical order: registers swap names, and none is worth more. */
export function readNameTokens(name: string): NameToken[] {
  const written = anyAscii(
    name
      .slice(0, LONGEST_NAME)
      .normalize('NFKD')
      // Marks and invisible characters are spelling; pictures would be transliterated as words.
      .replace(/[\p{M}\p{Cf}]+/gu, '')
      .replace(/\p{So}+/gu, ' '),
  ).toLowerCase();
  if (NOT_AVAILABLE.test(written)) return [];
  const words = written
    // An apostrophe inside a word is a sound, not a space: N'Guessan, O'Brien, Mu'ath.
    .replace(/['’‘`´]/g, '')
    .split(/[^a-z]+/)
    .filter((word) => word !== '' && !NOBODY.test(word));
  const tokens = joinPrefixes(words).filter((word) => !DROPPED.test(word));
  // A name made of particles only is still a name.
  const kept = tokens.length > 0 ? tokens : words;
  const bySkeleton = new Map<string, NameToken>();
  for (const word of kept.slice(0, MOST_TOKENS)) {
    const token = foldToken(word);
    if (token.folded !== '') bySkeleton.set(`${token.skeleton} ${token.folded}`, token);
  }
  return [...bySkeleton.values()].sort(
    (a, b) => compare(a.skeleton, b.skeleton) || compare(a.folded, b.folded),
  );
}

function joinPrefixes(words: readonly string[]): string[] {
  const joined: string[] = [];
  let prefix = '';
  for (const word of words) {
    // "Abd al Rahman": the article stands between the prefix and its word.
    if (prefix !== '' && DROPPED.test(word) && word.length <= 2) continue;
    const isName = words.length < 3 && ALSO_GIVEN.test(word);
    if (JOINED.test(word) && !isName) prefix += word;
    else {
      joined.push(prefix + word);
      prefix = '';
    }
  }
  if (prefix !== '') joined.push(prefix);
  return joined;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
