/**
 * What moves a terminal's cursor, rings its bell or turns its text around: control characters but new lines and tabs, and
 * Unicode's directions and separators of lines.
 */
const unprintable = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\ufeff]/gu;

/** What others wrote, with each such character shown as its number. */
export function printable(text: string): string {
  return text.replaceAll(unprintable, shown);
}

/** The same for every text in an answer, keys included. */
export function printableParts<T>(answer: T): T {
  // Texts become texts and the rest is copied, so it has the type it had.
  return partsOf(answer) as T;
}

/** JSON in one line that a terminal can show: the same value, with such characters escaped. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    unprintable,
    (character) => `\\u${numberOf(character).padStart(4, '0')}`,
  );
}

function partsOf(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(partsOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [printable(key), partsOf(part)]),
  );
}

const shown = (character: string): string => `<${numberOf(character)}>`;
const numberOf = (character: string): string => (character.codePointAt(0) ?? 0).toString(16);
