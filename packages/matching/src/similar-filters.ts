import { createBandChains } from './band-chains.ts';
import type { FilterTable } from './filter-table.ts';

/** Any one of the three may be the only one that agrees. */
const BLOCKED_FILTERS = [0, 1, 2];
/** Two filters meet in a band when all its minima agree: Jaccard to the power of ROWS. */
const ROWS = 4;
const BANDS = 40;
const MINIMA = ROWS * BANDS;
const BITS = 1_024;
/** A band that so many records share is a form's sample name, or nobody's: it proposes nobody. */
const MOST_IN_BAND = 400;

/**
 * Proposes records with a similar filter without comparing everybody with everybody: locality-sensitive hashing
 * by minima of random permutations. `random` gives numbers from 0 to 1 and is the index's own secret choice.
 */
export interface SimilarFilters {
  add(slot: number): void;
  remove(slot: number): void;
  /** Slots that share a band with this one; each once, itself left out. */
  candidates(slot: number): Set<number>;
}

export function createSimilarFilters(table: FilterTable, random: () => number): SimilarFilters {
  const ranks = drawRanks(random);
  const chains = createBandChains(BLOCKED_FILTERS.length * BANDS);
  const minima = new Uint16Array(MINIMA);

  function bandKeys(slot: number): Int32Array {
    const keys = new Int32Array(BLOCKED_FILTERS.length * BANDS);
    BLOCKED_FILTERS.forEach((filter, which) => {
      minima.fill(0xffff);
      table.forEachBit(slot, filter, (bit) => {
        const first = bit * MINIMA;
        for (let row = 0; row < MINIMA; row += 1) {
          const rank = ranks[first + row] ?? 0;
          if (rank < (minima[row] ?? 0)) minima[row] = rank;
        }
      });
      for (let band = 0; band < BANDS; band += 1) {
        let key = 0;
        for (let row = 0; row < ROWS; row += 1) {
          key = (Math.imul(key, 0x01000193) ^ (minima[band * ROWS + row] ?? 0)) | 0;
        }
        keys[which * BANDS + band] = key;
      }
    });
    return keys;
  }

  return {
    add: (slot) => chains.add(slot, bandKeys(slot)),
    remove: (slot) => chains.remove(slot),
    candidates(slot) {
      const found = new Set<number>();
      for (let band = 0; band < BLOCKED_FILTERS.length * BANDS; band += 1) {
        const sharing = chains.sharing(slot, band, MOST_IN_BAND);
        if (sharing !== null) for (const other of sharing) found.add(other);
      }
      return found;
    },
  };
}

/** The rank of each bit in each permutation, a bit's ranks side by side. */
function drawRanks(random: () => number): Uint16Array {
  const ranks = new Uint16Array(BITS * MINIMA);
  for (let row = 0; row < MINIMA; row += 1) {
    permutation(random).forEach((rank, bit) => {
      ranks[bit * MINIMA + row] = rank;
    });
  }
  return ranks;
}

function permutation(random: () => number): Uint16Array {
  const places = Uint16Array.from({ length: BITS }, (_, place) => place);
  for (let last = BITS - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const held = places[last] ?? 0;
    places[last] = places[other] ?? 0;
    places[other] = held;
  }
  return places;
}
