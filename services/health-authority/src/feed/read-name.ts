/** Longer than any name: something else that slipped into the field. */
const longestName = 200;

/** The parts of a name as one text, as written but for spaces and control characters; null without a letter. */
export function readName(parts: readonly (string | undefined)[]): string | null {
  const name = parts
    .join(' ')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return name.length <= longestName && /\p{L}/u.test(name) ? name : null;
}
