/** What a file is called where others read it: a rejection's source, an answer of the graph. */
export interface NamedFile {
  readonly name: string;
  /** Hexadecimal, of its content. */
  readonly sha256: string;
}

const longestNumber = 8;

/**
 * The name of a dropped file without what somebody may have written into it about a person: words of the
 * feed and short numbers (days, counters) stay, everything else becomes `*`, and the beginning of the
 * content's SHA-256 tells the file from its neighbours (`sha256sum` finds it).
 */
export function feedFileLabel({ name, sha256 }: NamedFile, words: readonly string[]): string {
  const known = new Set(words.map((word) => word.toLowerCase()));
  const kept = name
    .split(/([^\p{L}\p{N}]+)/u)
    .map((part, index) => {
      if (index % 2 === 1) return /^[._-]$/u.test(part) ? part : '_';
      const isNumber = /^\d+$/u.test(part) && part.length <= longestNumber;
      return part === '' || isNumber || known.has(part.toLowerCase()) ? part : '*';
    })
    .join('')
    .replace(/\*(?:[_.-]\*)+/gu, '*');
  return kept === name ? name : `${kept} (${sha256.slice(0, 8)})`;
}
