import { isoDay } from '../time.ts';

/** Who a codice fiscale is computed for; names in any spelling, they are folded to letters. */
export interface CodiceFiscaleHolder {
  readonly familyName: string;
  readonly givenName: string;
  readonly sex: 'F' | 'M';
  /** Milliseconds since 1970. */
  readonly birthMs: number;
  readonly belfioreCode: string;
}

/**
 * Makes codici fiscali that look right and can belong to nobody: the check character is always wrong.
 * No two share a body, so that equal codes always mean one person; the state would use homocody letters
 * for that, here the sixth and third letters move on, as if a clerk had read the name differently.
 */
export function createCodiceFiscaleMaker(): (holder: CodiceFiscaleHolder) => string {
  const taken = new Set<string>();
  return (holder) => {
    const body = codiceFiscaleBody(holder);
    let free = body;
    for (let step = 1; taken.has(free); step++) {
      if (step === 26 * 26) throw new RangeError('more than 676 people share one codice fiscale');
      free = replaceLetter(body, 5, step % 26);
      free = replaceLetter(free, 2, Math.floor(step / 26));
    }
    taken.add(free);
    return free + wrongCheckCharacter(free);
  };
}

/** The check character of the 15 characters before it (D.M. 23-12-1976). */
export function codiceFiscaleCheckCharacter(body: string): string {
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const character = body.charAt(i);
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    sum += i % 2 === 0 ? (oddPlaceValues[value] ?? 0) : value;
  }
  return String.fromCharCode(65 + (sum % 26));
}

const oddPlaceValues = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];
const monthLetters = 'ABCDEHLMPRST';
/** Thirteen letters on, so that the fault is the same for everyone and easy to recognise. */
function wrongCheckCharacter(body: string): string {
  return String.fromCharCode(
    65 + ((codiceFiscaleCheckCharacter(body).charCodeAt(0) - 65 + 13) % 26),
  );
}

function codiceFiscaleBody({
  familyName,
  givenName,
  sex,
  birthMs,
  belfioreCode,
}: CodiceFiscaleHolder): string {
  const birth = isoDay(birthMs);
  const day = Number(birth.slice(8)) + (sex === 'F' ? 40 : 0);
  return [
    threeLetters(familyName, false),
    threeLetters(givenName, true),
    birth.slice(2, 4),
    monthLetters.charAt(Number(birth.slice(5, 7)) - 1),
    String(day).padStart(2, '0'),
    belfioreCode,
  ].join('');
}

function threeLetters(name: string, isGivenName: boolean): string {
  const letters = name
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '');
  const consonants = letters.replaceAll(/[AEIOU]/g, '');
  const vowels = letters.replaceAll(/[^AEIOU]/g, '');
  // A given name with four consonants or more skips the second one.
  const chosen =
    isGivenName && consonants.length > 3
      ? consonants.charAt(0) + consonants.slice(2, 4)
      : consonants.slice(0, 3);
  return `${chosen}${vowels}XXX`.slice(0, 3);
}

function replaceLetter(body: string, place: number, steps: number): string {
  const letter = String.fromCharCode(65 + ((body.charCodeAt(place) - 65 + steps) % 26));
  return body.slice(0, place) + letter + body.slice(place + 1);
}
