/** How much room entries take together, where one may be a thousand times another. */
export interface RoomOfEntries<Value> {
  readonly maxSize: number;
  sizeOf(value: Value): number;
}

/** Keeps the `maxEntries` most recently used entries: memory stays flat whatever is asked. */
export class BoundedMap<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #maxEntries: number;
  readonly #room: RoomOfEntries<Value> | undefined;
  #size = 0;

  constructor(maxEntries: number, room?: RoomOfEntries<Value>) {
    this.#maxEntries = maxEntries;
    this.#room = room;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.delete(key);
    this.#entries.set(key, value);
    this.#size += this.#sizeOf(value);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxEntries && this.#size <= this.#maxSize) break;
      this.delete(oldest);
    }
  }

  /** The least recently used first. */
  values(): Value[] {
    return [...this.#entries.values()];
  }

  delete(key: Key): boolean {
    const value = this.#entries.get(key);
    if (value !== undefined) this.#size -= this.#sizeOf(value);
    return this.#entries.delete(key);
  }

  get #maxSize(): number {
    return this.#room?.maxSize ?? Number.POSITIVE_INFINITY;
  }

  #sizeOf(value: Value): number {
    return this.#room?.sizeOf(value) ?? 0;
  }
}
