/** The characters that Windows-1252 puts at 0x80-0x9f; undefined places stand for themselves. */
const windows1252High = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * One spelling for an area code however it was typed: spaces, case, and accents that went through the
 * wrong encoding (`GENITORIALITÃ€`), which is the state in which a migrated database often has them.
 */
export function canonicalAreaCode(code: string): string {
  return withoutMojibake(code.normalize('NFC'))
    .normalize('NFC')
    .trim()
    .replaceAll(/\s+/gu, ' ')
    .toUpperCase();
}

/**
 * Whether a code of a social service's own table may be shown: a person's identifier typed where a code
 * belongs would have more digits, and a note would have other characters.
 */
export function isShowableCode(code: string): boolean {
  return code.length <= 64 && /^[\p{Lu}\d .,'/_-]+$/u.test(code) && !/(\d.*){4}/u.test(code);
}

function withoutMojibake(text: string): string {
  if (!/[ÃÂ]/u.test(text)) return text;
  const bytes: number[] = [];
  for (const character of text) {
    const high = windows1252High.indexOf(character);
    const code = character.codePointAt(0) ?? 0;
    if (high >= 0) bytes.push(0x80 + high);
    else if (code <= 0xff) bytes.push(code);
    else return text;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return text;
  }
}
