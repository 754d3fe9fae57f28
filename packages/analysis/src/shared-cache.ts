import { LRUCache } from 'lru-cache';

/** Computes what several ask for at the same time once, and keeps it while there is room. */
export interface SharedCache<Value> {
  get(name: string, compute: () => Promise<Value>): Promise<Value>;
}

export function createSharedCache<Value extends object>({
  maximumSize,
  sizeOf,
}: {
  readonly maximumSize: number;
  readonly sizeOf: (value: Value) => number;
}): SharedCache<Value> {
  // What is larger than the whole is not kept.
  const kept = new LRUCache<string, Value>({ maxSize: maximumSize, sizeCalculation: sizeOf });
  const underWay = new Map<string, Promise<Value>>();
  return {
    get(name, compute) {
      const known = kept.get(name);
      if (known) return Promise.resolve(known);
      const shared = underWay.get(name);
      if (shared) return shared;
      const computing = compute()
        .then((value) => {
          kept.set(name, value);
          return value;
        })
        .finally(() => underWay.delete(name));
      underWay.set(name, computing);
      return computing;
    },
  };
}
