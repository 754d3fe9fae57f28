/**
 * For each band a hash table from band key to slots, as chains in flat memory: a Map of arrays would need ten
 * times as much.
 */
export interface BandChains {
  /** `keys` has one key a band. */
  add(slot: number, keys: Int32Array): void;
  remove(slot: number): void;
  /** Other slots with the same key in this band; null when there are more than `most`, or none. */
  sharing(slot: number, band: number, most: number): number[] | null;
}

const NONE = -1;
const FIRST_CAPACITY = 1_024;

export function createBandChains(bands: number): BandChains {
  let capacity = FIRST_CAPACITY;
  let keys = new Int32Array(capacity * bands);
  let next = new Int32Array(capacity * bands).fill(NONE);
  let heads = new Int32Array(capacity * bands).fill(NONE);
  let held = new Uint8Array(capacity);

  /** Place of the first slot of a key's chain; the capacity is a power of two. */
  const headOf = (band: number, key: number): number =>
    band * capacity + ((Math.imul(key, 0x9e3779b1) >>> 7) & (capacity - 1));

  function link(slot: number): void {
    for (let band = 0; band < bands; band += 1) {
      const head = headOf(band, keys[slot * bands + band] ?? 0);
      next[slot * bands + band] = heads[head] ?? NONE;
      heads[head] = slot;
    }
  }

  function grow(): void {
    const [oldKeys, oldHeld] = [keys, held];
    capacity *= 2;
    keys = new Int32Array(capacity * bands);
    keys.set(oldKeys);
    held = new Uint8Array(capacity);
    held.set(oldHeld);
    next = new Int32Array(capacity * bands).fill(NONE);
    heads = new Int32Array(capacity * bands).fill(NONE);
    for (let slot = 0; slot < oldHeld.length; slot += 1) if (held[slot] === 1) link(slot);
  }

  return {
    add(slot, added) {
      while (slot >= capacity) grow();
      keys.set(added, slot * bands);
      held[slot] = 1;
      link(slot);
    },
    remove(slot) {
      if (held[slot] !== 1) return;
      held[slot] = 0;
      for (let band = 0; band < bands; band += 1) {
        const head = headOf(band, keys[slot * bands + band] ?? 0);
        const after = next[slot * bands + band] ?? NONE;
        if (heads[head] === slot) heads[head] = after;
        else {
          let before = heads[head] ?? NONE;
          while (before !== NONE && next[before * bands + band] !== slot) {
            before = next[before * bands + band] ?? NONE;
          }
          if (before !== NONE) next[before * bands + band] = after;
        }
      }
    },
    sharing(slot, band, most) {
      if (held[slot] !== 1) return null;
      const key = keys[slot * bands + band] ?? 0;
      let found: number[] | null = null;
      let other = heads[headOf(band, key)] ?? NONE;
      while (other !== NONE) {
        if (other !== slot && keys[other * bands + band] === key) {
          if (found === null) found = [other];
          else if (found.length >= most) return null;
          else found.push(other);
        }
        other = next[other * bands + band] ?? NONE;
      }
      return found;
    },
  };
}
