/** Words of letters and digits; what stands between two of them (spaces, commas, NUL bytes) does not count. */
const word = /[\p{L}\p{N}]+/gu;

/**
 * Finds which of thousands of phrases occur in a text, in one pass over its words: a search for each phrase
 * would read every file thousands of times.
 */
export function createWordFinder(phrases: readonly string[]): (text: string) => readonly string[] {
  const byWords = new Map(phrases.map((phrase) => [wordsOf(phrase).join(' '), phrase]));
  const lengths = [...new Set([...byWords.keys()].map((words) => words.split(' ').length))];
  return (text) => {
    const words = wordsOf(text);
    const found = new Set<string>();
    for (const length of lengths) {
      for (let start = 0; start + length <= words.length; start += 1) {
        const phrase = byWords.get(words.slice(start, start + length).join(' '));
        if (phrase !== undefined) found.add(phrase);
      }
    }
    return [...found];
  };
}

function wordsOf(text: string): readonly string[] {
  return text.match(word) ?? [];
}
