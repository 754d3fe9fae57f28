import { z } from 'zod';

interface Identifier {
  readonly what: string;
  readonly pattern: RegExp;
}

/** Letters that stand for digits in a codice fiscale that clashes with another (omocodia). */
const digit = '[0-9LMNPQRSTUV]';

/** What identifies a person and has a form that can be recognised; names have none. */
const identifiers: readonly Identifier[] = [
  {
    what: 'a codice fiscale',
    pattern: new RegExp(
      `(?<![A-Z0-9])[A-Z]{6}${digit}{2}[ABCDEHLMPRST]${digit}{2}[A-Z]${digit}{3}[A-Z](?![A-Z0-9])`,
      'iu',
    ),
  },
  // Eleven digits are also a company's tax number: neither belongs here.
  { what: 'a provisional codice fiscale', pattern: /(?<!\d)\d{11}(?!\d)/u },
  { what: 'an STP or ENI code', pattern: /(?<![A-Z])(?:STP|ENI)[\s.-]?\d{10,13}(?!\d)/iu },
  {
    what: 'a CUI or Vestanet number',
    pattern: /(?:\bCUI\b|\bVESTANET\b)\W{0,4}(?:n\W{0,3})?[A-Z]{0,2}\d/iu,
  },
  {
    what: 'a number of a permit or passport',
    pattern: /(?<![A-Z0-9])[A-Z]{1,2}\d{7,9}(?![A-Z0-9])/iu,
  },
  {
    what: 'a bank account',
    pattern: /(?<![A-Z0-9])[A-Z]{2}\d{2}[A-Z]\d{10}[A-Z0-9]{12}(?![A-Z0-9])/iu,
  },
  { what: 'an e-mail address', pattern: /[^\s@]+@[^\s@]+\.[a-z]{2,}/iu },
  {
    what: 'a phone number',
    pattern: /(?<!\d[.,/]?)(?:\+|00?|3)[ ./-]{0,3}\d(?:[ ./-]{0,3}\d){6,12}(?!\d)/u,
  },
  {
    what: "somebody's day of birth",
    pattern: /\bnat[oaie]\b.{0,40}?\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}/iu,
  },
];

/** Days, which are digits and separators as phone numbers are. */
const days = /(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?!\d)/gu;

/** Controls, and characters without width that could break a number apart. */
const invisible = /[\p{Cc}\p{Cf}]/gu;

/** What a text seems to hold that identifies a person; null when nothing was recognised. */
export function findDirectIdentifier(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[\n\t]/gu, ' ')
    .replace(invisible, '');
  const withoutDays = plain.replace(days, ' ');
  const found = identifiers.find(({ what, pattern }) =>
    pattern.test(what.startsWith('a phone') ? withoutDays : plain),
  );
  return found?.what ?? null;
}

/**
 * A text of the institutions: trimmed, of bounded length, and refused when it seems to hold what identifies
 * a person. It cannot tell a name from a word: whoever writes has to.
 */
export function institutionalText(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(maxLength, `must have at most ${maxLength} characters`)
    .superRefine((text, context) => {
      const found = findDirectIdentifier(text);
      if (found === null) return;
      context.addIssue({
        code: 'custom',
        message: `seems to hold ${found}; the table's register is not about persons: leave it out`,
      });
    });
}
