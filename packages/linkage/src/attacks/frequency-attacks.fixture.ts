import { byFrequency, drawFrom, type Guesses } from './score-guesses.fixture.ts';

/** The most frequent encoding is the most frequent answer, the second the second, and so on. */
export function alignByFrequency(
  encodings: readonly (readonly string[])[],
  answers: readonly (readonly string[])[],
): Guesses {
  const ranked = byFrequency(answers.flat());
  const answerOf = new Map<string, string>();
  byFrequency(encodings.flat()).forEach(([encoding, count], rank) => {
    const answer = ranked[Math.min(rank, ranked.length - 1)];
    // An encoding that one record holds says nothing, unless every one does.
    if (answer !== undefined && (count > 1 || rank < ranked.length))
      answerOf.set(encoding, answer[0]);
  });
  const guesses = new Map<number, string>();
  encodings.forEach((own, place) => {
    const [best] = own.flatMap((encoding) => answerOf.get(encoding) ?? []);
    if (best !== undefined) guesses.set(place, best);
  });
  return guesses;
}

/** Places of the bits set in a filter in base64url. */
export function bitsOf(filter: string): number[] {
  const bytes = Buffer.from(filter, 'base64url');
  const bits: number[] = [];
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    if (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) bits.push(bit);
  }
  return bits;
}

/** Smallest bits under permutations of the attacker's own: equal for filters that are alike. */
export function bandsOf(filters: readonly (readonly number[])[], bands: number): string[][] {
  const random = drawFrom(3);
  const ranks = Array.from({ length: bands * 3 }, () => Array.from({ length: 1_024 }, random));
  return filters.map((bits) =>
    Array.from({ length: bands }, (_, band) => {
      const lowest = ranks
        .slice(band * 3, band * 3 + 3)
        .map((rank) =>
          bits.reduce(
            (best, bit) => ((rank[bit] ?? 1) < (rank[best] ?? 1) ? bit : best),
            bits[0] ?? 0,
          ),
        );
      return `${band}/${lowest.join('/')}`;
    }),
  );
}

/**
 * Pattern mining after Christen, Ranbaduge, Vatsalan and Schnell: bits that are set together more often than others come
 * from one frequent sound; the records that hold the pattern are taken to hold the next most frequent word.
 */
export function minePatterns(
  filters: readonly (readonly number[])[],
  words: readonly (readonly string[])[],
  patterns: number,
  width: number,
): Guesses {
  const ranked = byFrequency(words.flat());
  const guesses = new Map<number, string>();
  const used = new Set<number>();
  for (let rank = 0; rank < patterns; rank += 1) {
    let holders = filters.map((_, place) => place);
    const pattern = new Set<number>();
    while (pattern.size < width) {
      const counts = new Uint32Array(1_024);
      for (const place of holders)
        for (const bit of filters[place] ?? []) counts[bit] = (counts[bit] ?? 0) + 1;
      let best = -1;
      counts.forEach((count, bit) => {
        if (!used.has(bit) && !pattern.has(bit) && count > (counts[best] ?? 0)) best = bit;
      });
      if (best < 0) break;
      pattern.add(best);
      holders = holders.filter((place) => filters[place]?.includes(best));
    }
    for (const bit of pattern) used.add(bit);
    for (const place of holders) {
      if (!guesses.has(place)) guesses.set(place, ranked[rank]?.[0] ?? '');
    }
  }
  return guesses;
}

/** Who has the most others alike is taken to have the most frequent word. */
export function countAlike(
  filters: readonly (readonly number[])[],
  words: readonly (readonly string[])[],
  alikeFrom: number,
): Guesses {
  const sets = filters.map((bits) => {
    const packed = new Uint32Array(32);
    for (const bit of bits) packed[bit >> 5] = ((packed[bit >> 5] ?? 0) | (1 << (bit & 31))) >>> 0;
    return packed;
  });
  const alike = filters.map(() => 0);
  for (const [one, a] of sets.entries()) {
    for (let other = 0; other < one; other += 1) {
      const b = sets[other];
      if (b === undefined) continue;
      let common = 0;
      for (let word = 0; word < 32; word += 1) common += ones((a[word] ?? 0) & (b[word] ?? 0));
      const total = (filters[one]?.length ?? 0) + (filters[other]?.length ?? 0);
      if ((2 * common) / total < alikeFrom) continue;
      alike[one] = (alike[one] ?? 0) + 1;
      alike[other] = (alike[other] ?? 0) + 1;
    }
  }
  const [[word, count]] = byFrequency(words.flat()) as [[string, number]];
  const order = [...alike.keys()].sort((x, y) => (alike[y] ?? 0) - (alike[x] ?? 0));
  return new Map(
    order
      .slice(0, count)
      .filter((place) => (alike[place] ?? 0) > 0)
      .map((place) => [place, word]),
  );
}

function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
