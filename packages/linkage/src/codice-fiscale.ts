/**
 * Codice fiscale: form, homocody and check character.
 * Source: D.M. 23-12-1976 n. 13813, art. 5-8; provisional number: 7 digits, office, Luhn check digit.
 */
const FORM =
  /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/;

/** What an odd place (first, third, …) adds, by its digit or by its letter's place in the alphabet. */
const ODD_VALUES = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

export interface CodiceFiscaleReading {
  /**
   * All sixteen characters, homocody letters kept: the tax agency gives them precisely to tell two people
   * apart whose codes would be equal, so undoing them would link strangers.
   */
  readonly canonical: string;
  readonly checkPassed: boolean;
}

/** Reads a 16-character code; null = not of the form. A wrong check character is told, not refused. */
export function readCodiceFiscale(compact: string): CodiceFiscaleReading | null {
  if (!FORM.test(compact)) return null;
  return { canonical: compact, checkPassed: compact[15] === checkCharacter(compact.slice(0, 15)) };
}

/** Reads the 11-digit number given while the definitive code is awaited; null = not of the form. */
export function readProvisionalCode(compact: string): CodiceFiscaleReading | null {
  if (!/^[0-9]{11}$/.test(compact)) return null;
  return { canonical: compact, checkPassed: passesLuhn(compact) };
}

function checkCharacter(body: string): string {
  const total = Array.from(body).reduce((sum, char, index) => {
    const value = /[0-9]/.test(char) ? Number(char) : char.charCodeAt(0) - 65;
    return sum + (index % 2 === 0 ? (ODD_VALUES[value] ?? 0) : value);
  }, 0);
  return String.fromCharCode(65 + (total % 26));
}

function passesLuhn(digits: string): boolean {
  const total = Array.from(digits).reduce((sum, char, index) => {
    const digit = Number(char);
    if (index % 2 === 0) return sum + digit;
    return sum + (digit > 4 ? digit * 2 - 9 : digit * 2);
  }, 0);
  return total % 10 === 0;
}
