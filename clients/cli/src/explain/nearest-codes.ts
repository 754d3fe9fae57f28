import { distance } from 'fastest-levenshtein';

/** The codes that somebody may have meant, the nearest first. */
export function nearestCodes(asked: string, codes: readonly string[]): readonly string[] {
  const mostEdits = Math.max(3, Math.floor(asked.length / 3));
  return [...new Set(codes)]
    .map((code) => ({ code, edits: code.includes(asked) ? 0 : distance(asked, code) }))
    .filter(({ edits }) => edits <= mostEdits)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ code }) => code);
}
