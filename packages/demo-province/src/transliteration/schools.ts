import type { Script } from '../names/name-list.ts';

export type SchoolName = 'ENGLISH' | 'FRENCH' | 'ITALIAN' | 'GERMAN';

/**
 * Letters for a sound, the usual ones first. A key may say where: `k<` before e, i and the glide, `S.` before no
 * vowel, `s=` between vowels, `i~` after a vowel, `i$` at the end of the word. A sound that is missing is its own letter.
 */
export type School = Readonly<Record<string, readonly string[]>>;

export const schools: Readonly<Record<SchoolName, School>> = {
  ENGLISH: {
    S: ['sh'],
    C: ['ch'],
    J: ['j'],
    Z: ['zh', 'j'],
    x: ['kh', 'h'],
    G: ['gh', 'g'],
    H: ['h'],
    T: ['ts', 'tz'],
    q: ['q', 'k'],
    k: ['k', 'c'],
    'k<': ['k'],
    j: ['y'],
    j$: ['y', 'i'],
    u: ['u', 'oo', 'ou'],
    i: ['i', 'ee'],
    i$: ['i', 'y'],
  },
  FRENCH: {
    S: ['ch', 'sh'],
    C: ['tch', 'ch'],
    J: ['dj', 'j'],
    Z: ['j'],
    x: ['kh', 'k'],
    G: ['gh', 'g'],
    'g<': ['gu', 'gh'],
    H: ['h', 'g'],
    T: ['ts', 'tz'],
    q: ['k', 'q'],
    k: ['k', 'c'],
    'k<': ['k', 'qu'],
    j: ['y', 'i'],
    w: ['ou', 'w'],
    u: ['ou'],
    's=': ['ss', 's'],
    e$: ['é', 'e'],
    i$: ['i', 'y'],
    n$: ['n', 'ne'],
  },
  ITALIAN: {
    S: ['sci', 'sh'],
    'S<': ['sc', 'sh'],
    'S.': ['sh', 's'],
    C: ['ci', 'ch'],
    'C<': ['c', 'ch'],
    'C.': ['c', 'ch'],
    J: ['gi', 'j'],
    'J<': ['g', 'j'],
    'J.': ['g', 'j'],
    Z: ['g', 'z', 'j'],
    x: ['kh', 'h', 'k'],
    G: ['gh', 'g'],
    'g<': ['gh'],
    H: ['h', 'g'],
    'h.': ['h', ''],
    T: ['z', 'ts'],
    q: ['q', 'k', 'c'],
    'q<': ['q', 'k', 'ch'],
    k: ['k', 'c'],
    'k<': ['k', 'ch'],
    j: ['i', 'y', 'j'],
    w: ['u', 'w', 'v'],
    i$: ['i', 'y'],
  },
  GERMAN: {
    S: ['sch', 'sh'],
    C: ['tsch', 'ch'],
    J: ['dsch', 'j'],
    Z: ['sch', 'zh'],
    x: ['ch', 'kh'],
    G: ['gh', 'g'],
    H: ['h', 'g'],
    T: ['z', 'ts'],
    q: ['k', 'q'],
    j: ['j', 'y'],
    v: ['w', 'v'],
    z: ['s', 'z'],
    's=': ['ss', 's'],
    i$: ['i', 'y'],
  },
};

/** Whose papers, or whose schooling, a clerk leans on, by where the name is from. */
export const schoolsOf: Readonly<Record<Script, readonly (readonly [SchoolName, number])[]>> = {
  ARABIC: [
    ['ENGLISH', 35],
    ['FRENCH', 35],
    ['ITALIAN', 20],
    ['GERMAN', 10],
  ],
  PERSO_ARABIC: [
    ['ENGLISH', 60],
    ['ITALIAN', 20],
    ['GERMAN', 15],
    ['FRENCH', 5],
  ],
  CYRILLIC: [
    ['ENGLISH', 45],
    ['ITALIAN', 30],
    ['GERMAN', 15],
    ['FRENCH', 10],
  ],
  GEEZ: [
    ['ITALIAN', 45],
    ['ENGLISH', 40],
    ['GERMAN', 10],
    ['FRENCH', 5],
  ],
  LATIN_AFRICAN: [
    ['FRENCH', 45],
    ['ENGLISH', 40],
    ['ITALIAN', 15],
  ],
  LATIN: [['ITALIAN', 1]],
};
