import { LRUCache } from 'lru-cache';
import {
  type CachedEntity,
  type EntityCache,
  type EntityCacheKey,
  type EntityChange,
  longestAgeSeconds,
  longestEntry,
} from './entity-cache.ts';

/** Bounds of the cache of one process. */
export interface MemoryCacheOptions {
  readonly maxEntries?: number;
  /** Of texts, as they are in memory. */
  readonly maxBytes?: number;
  readonly now: () => Date;
}

interface Entry extends CachedEntity {
  readonly expiresAt: number;
  readonly mark: string;
}

/** Marks of changes that are remembered; past this everything counts as changed. */
const maxMarks = 10_000;
/** What the bookkeeping of one entry takes beside its texts. */
const entryOverheadBytes = 300;

/** Keeps entities in this process, the least used go first. */
export function createMemoryCache(options: MemoryCacheOptions): EntityCache {
  const { now } = options;
  const entries = new LRUCache<string, Entry>({
    max: options.maxEntries ?? 50_000,
    maxSize: options.maxBytes ?? 64 * 1024 * 1024,
    // V8 keeps a text with one character beyond Latin-1 at two bytes each.
    sizeCalculation: (entry, key) => (entry.json.length + key.length) * 2 + entryOverheadBytes,
  });
  let epoch = 0;
  const marks = new LRUCache<string, number>({
    max: maxMarks,
    dispose: (_mark, _key, reason) => {
      // A change that is forgotten must not bring back what it changed.
      if (reason === 'evict') epoch += 1;
    },
  });

  function markOf(key: EntityChange): string {
    const ofType = marks.get(typeKey(key)) ?? 0;
    const ofEntity = marks.size === 0 ? 0 : (marks.get(entityKey(key)) ?? 0);
    return `${epoch}.${ofType}.${ofEntity}`;
  }

  return {
    async find(keys) {
      const at = now().getTime();
      const texts = keys.map(textOf);
      const wanted = keys.map(markOf);
      return {
        entities: texts.map((text, place) => {
          const entry = entries.get(text);
          if (!entry) return undefined;
          if (entry.expiresAt > at && entry.mark === wanted[place]) return entry;
          entries.delete(text);
          return undefined;
        }),
        keep(jsons, maxAgeSeconds) {
          const storedAt = now().getTime();
          const expiresAt = storedAt + Math.min(maxAgeSeconds, longestAgeSeconds) * 1000;
          for (const [place, text] of texts.entries()) {
            const json = jsons[place];
            const mark = wanted[place];
            if (json === undefined || mark === undefined || json.length > longestEntry) continue;
            entries.set(text, { json, storedAt, expiresAt, mark });
          }
        },
      };
    },
    async invalidate(change) {
      const key = change.representation === undefined ? typeKey(change) : entityKey(change);
      marks.set(key, (marks.get(key) ?? 0) + 1);
    },
    async close() {
      entries.clear();
    },
  };
}

function textOf(key: EntityCacheKey): string {
  return JSON.stringify([
    key.subgraph,
    key.typeName,
    key.selection,
    key.authorisation,
    key.representation,
  ]);
}

function typeKey({ subgraph, typeName }: EntityChange): string {
  return JSON.stringify([subgraph, typeName]);
}

function entityKey({ subgraph, typeName, representation }: EntityChange): string {
  return JSON.stringify([subgraph, typeName, representation]);
}
