import { createHmac } from 'node:crypto';
import { IDENTIFIER_KINDS, type IdentifierKind } from './identifier-kind.ts';
import { type LinkageKey, LinkageKeyError, weaknessOf } from './linkage-key.ts';
import { normaliseIdentifier } from './normalise-identifier.ts';

/** What leaves an institution instead of an identifier. */
export interface EncodedIdentifier {
  readonly kind: IdentifierKind;
  /** Which linkage key made `mac`; encodings under two keys are never compared. */
  readonly keyId: string;
  /** HMAC-SHA-256, 43 base64url characters. */
  readonly mac: string;
}

/** Signals about a source's quality: how many, never which. */
export interface EncodingCounts {
  readonly encoded: number;
  readonly malformed: Readonly<Record<IdentifierKind, number>>;
  readonly checkDigitFailures: Readonly<Record<IdentifierKind, number>>;
}

/** As EncodingCounts, with what became of names and birth dates. */
export interface RecordEncodingCounts extends EncodingCounts {
  readonly attributes: Readonly<
    Record<'encoded' | 'withoutName' | 'withoutBirthDate' | 'unreadableBirthDate', number>
  >;
}

export interface IdentifierEncoder {
  readonly keyId: string;
  /** Null = malformed: it is counted and must not be sent. */
  encode(kind: IdentifierKind, rawValue: string): EncodedIdentifier | null;
  /** Null = empty. Codes are compared within one issuer: give `issuer:code`, or equal numbers of two offices join strangers. */
  encodeHouseholdCode(code: string): string | null;
  counts(): EncodingCounts;
}

/** Encodes inside the institution; throws LinkageKeyError for a weak key. */
export function createIdentifierEncoder(key: LinkageKey): IdentifierEncoder {
  // A key object may have been built by hand.
  const weakness = weaknessOf(key.bytes);
  if (weakness !== null) throw new LinkageKeyError(`The linkage key is refused: ${weakness}`);
  const malformed = zeroes();
  const checkDigitFailures = zeroes();
  let encoded = 0;

  // The domain keeps equal strings of two kinds apart and leaves room for other encodings.
  const mac = (domain: string, value: string): string =>
    createHmac('sha256', key.bytes)
      .update(`tavolo/linkage/v1\0${domain}\0${value}`)
      .digest('base64url');

  return {
    keyId: key.id,
    encode(kind, rawValue) {
      const identifier = normaliseIdentifier(kind, rawValue);
      if (identifier === null) {
        malformed[kind] += 1;
        return null;
      }
      if (!identifier.checkPassed) checkDigitFailures[kind] += 1;
      encoded += 1;
      return { kind, keyId: key.id, mac: mac(`identifier/${kind}`, identifier.canonical) };
    },
    encodeHouseholdCode(code) {
      const canonical = code
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[^\p{L}\p{N}:]+/gu, '');
      return /[\p{L}\p{N}]/u.test(canonical) ? mac('household-code', canonical) : null;
    },
    counts: () => ({
      encoded,
      malformed: { ...malformed },
      checkDigitFailures: { ...checkDigitFailures },
    }),
  };
}

function zeroes(): Record<IdentifierKind, number> {
  const counts: Partial<Record<IdentifierKind, number>> = {};
  for (const kind of IDENTIFIER_KINDS) counts[kind] = 0;
  // Every kind was given its zero above.
  return counts as Record<IdentifierKind, number>;
}
