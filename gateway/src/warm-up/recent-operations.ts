import { BoundedMap } from '../bounded-map.ts';

/** An operation in the words it is run with: what the executor knows its plan by. */
export interface PlannedOperation {
  readonly query: string;
  readonly operationName: string | undefined;
}

/** What was asked here lately, most often asked first. */
export interface RecentOperations {
  note(operation: PlannedOperation): void;
  list(): readonly PlannedOperation[];
}

const mostChars = 1_000_000;

/** Remembers the newest `most`, as far as there is room; in memory only, since a text may hold values. */
export function createRecentOperations(most: number): RecentOperations {
  const known = new BoundedMap<string, PlannedOperation & { count: number }>(most, {
    maxSize: mostChars,
    sizeOf: ({ query }) => query.length,
  });
  return {
    note({ query, operationName }) {
      const key = JSON.stringify([operationName ?? null, query]);
      const entry = known.get(key);
      if (entry) entry.count += 1;
      else known.set(key, { query, operationName, count: 1 });
    },
    list: () => known.values().sort((a, b) => b.count - a.count),
  };
}
