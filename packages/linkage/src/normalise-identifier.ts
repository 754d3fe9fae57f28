import { readCodiceFiscale, readProvisionalCode } from './codice-fiscale.ts';
import type { IdentifierKind } from './identifier-kind.ts';

export interface NormalisedIdentifier {
  /** One spelling for every way the same identifier is written down. */
  readonly canonical: string;
  /** False when a check digit is wrong; true when it is right or the kind has none. */
  readonly checkPassed: boolean;
}

/**
 * The one spelling under which two institutions' copies of an identifier are equal, or null when the value
 * cannot be one: wrong form, a name, a placeholder such as `0000000`. Null is what keeps strangers apart.
 */
export function normaliseIdentifier(
  kind: IdentifierKind,
  raw: string,
): NormalisedIdentifier | null {
  if (raw.length > LONGEST_VALUE) return null;
  const compact = raw.normalize('NFKC').toUpperCase().replace(SEPARATORS, '');
  if (isPlaceholder(compact)) return null;
  return READERS[kind](compact);
}

const LONGEST_VALUE = 64;

/** Spaces, zero-width marks, dots, dashes, slashes, apostrophes of a spreadsheet's text cell. */
const SEPARATORS = /[\s\p{Cf}\p{Pd}._/\\'’*]+/gu;

const READERS: Readonly<Record<IdentifierKind, (compact: string) => NormalisedIdentifier | null>> =
  {
    CODICE_FISCALE: readCodiceFiscale,
    CODICE_FISCALE_PROVISIONAL: readProvisionalCode,
    // Region (3), issuing health authority (3), progressive (7): D.P.R. 394/1999, art. 43.
    STP: (compact) => readHealthCode('STP', compact),
    ENI: (compact) => readHealthCode('ENI', compact),
    // No published form for the other three: letters and digits, the lengths seen in use.
    CUI: (compact) => readByForm(/^(?=.*[0-9])[A-Z0-9]{6,12}$/, compact),
    VESTANET: (compact) => readByForm(/^(?=(?:.*[0-9]){4})[A-Z0-9]{5,16}$/, compact),
    PERMIT: (compact) => readByForm(/^(?=(?:.*[0-9]){5})[A-Z0-9]{6,16}$/, compact),
  };

function readHealthCode(prefix: 'STP' | 'ENI', compact: string): NormalisedIdentifier | null {
  // Some registers keep only the 13 characters after the prefix, in a column that says which it is.
  const whole = compact.length === 13 ? `${prefix}${compact}` : compact;
  if (!whole.startsWith(prefix)) return null;
  return readByForm(/^[A-Z]{3}[0-9A-Z]{6}[0-9]{7}$/, whole);
}

function readByForm(form: RegExp, compact: string): NormalisedIdentifier | null {
  return form.test(compact) ? { canonical: compact, checkPassed: true } : null;
}

/** Clerks fill a compulsory box with 0000000, 9999999, 1234567: equal in every register, about nobody. */
function isPlaceholder(compact: string): boolean {
  const digits = compact.replace(/[^0-9]/g, '');
  if (new Set(compact).size === 1) return true;
  // A codice fiscale is mostly letters: its few digits may well be equal.
  if (digits.length < 5 || digits.length * 2 < compact.length) return false;
  return new Set(digits).size === 1 || '01234567890123456789'.includes(digits);
}
