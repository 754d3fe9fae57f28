/** 32-bit words of one filter of 1,024 bits. */
const WORDS = 32;
const FILTERS = 3;
const RECORD_WORDS = WORDS * FILTERS;
const BITS = WORDS * 32;
/** What two strangers' filters have in common by chance, at most, where names have up to four words. */
const ORDINARY_CHANCE = 0.25;

/** The three filters of each record in one block of memory: 400 bytes a record, compared 5 million times a second. */
export interface FilterTable {
  set(slot: number, filters: readonly Uint8Array[]): void;
  /**
   * Dice coefficient, 0 to 1, of the same filter of two records; in filters so full that strangers' would be alike
   * (names of six words) it is what the same agreement would be in filters of ordinary fullness.
   */
  similarity(a: number, b: number, filter: number): number;
  /** Calls back with the place of each bit set, 0 to 1,023. */
  forEachBit(slot: number, filter: number, see: (bit: number) => void): void;
}

export function createFilterTable(): FilterTable {
  let capacity = 1_024;
  let words = new Uint32Array(capacity * RECORD_WORDS);
  let sizes = new Uint16Array(capacity * FILTERS);

  function grow(slots: number): void {
    if (slots <= capacity) return;
    while (capacity < slots) capacity *= 2;
    const moreWords = new Uint32Array(capacity * RECORD_WORDS);
    moreWords.set(words);
    words = moreWords;
    const moreSizes = new Uint16Array(capacity * FILTERS);
    moreSizes.set(sizes);
    sizes = moreSizes;
  }

  return {
    set(slot, filters) {
      grow(slot + 1);
      filters.forEach((bytes, filter) => {
        const start = slot * RECORD_WORDS + filter * WORDS;
        let size = 0;
        for (let word = 0; word < WORDS; word += 1) {
          const at = word * 4;
          const value =
            ((bytes[at] ?? 0) |
              ((bytes[at + 1] ?? 0) << 8) |
              ((bytes[at + 2] ?? 0) << 16) |
              ((bytes[at + 3] ?? 0) << 24)) >>>
            0;
          words[start + word] = value;
          size += bitsIn(value);
        }
        sizes[slot * FILTERS + filter] = size;
      });
    },
    similarity(a, b, filter) {
      const sizeA = sizes[a * FILTERS + filter] ?? 0;
      const sizeB = sizes[b * FILTERS + filter] ?? 0;
      const total = sizeA + sizeB;
      if (total === 0) return 0;
      const startA = a * RECORD_WORDS + filter * WORDS;
      const startB = b * RECORD_WORDS + filter * WORDS;
      let common = 0;
      for (let word = 0; word < WORDS; word += 1) {
        common += bitsIn((words[startA + word] ?? 0) & (words[startB + word] ?? 0));
      }
      return withoutChance((2 * common) / total, (2 * sizeA * sizeB) / BITS / total);
    },
    forEachBit(slot, filter, see) {
      const start = slot * RECORD_WORDS + filter * WORDS;
      for (let word = 0; word < WORDS; word += 1) {
        let left = words[start + word] ?? 0;
        while (left !== 0) {
          const low = left & -left;
          see(word * 32 + 31 - Math.clz32(low));
          left ^= low;
        }
      }
    },
  };
}

function withoutChance(similarity: number, chance: number): number {
  if (chance <= ORDINARY_CHANCE) return similarity;
  if (chance >= 1) return 0;
  const beyond = (similarity - chance) / (1 - chance);
  return Math.max(0, ORDINARY_CHANCE + beyond * (1 - ORDINARY_CHANCE));
}

function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  bits = (bits + (bits >>> 4)) & 0x0f0f0f0f;
  return Math.imul(bits, 0x01010101) >>> 24;
}
