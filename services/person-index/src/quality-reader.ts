import type { LinkageQuality, PersonIndexStore } from './store/person-index-store.ts';

/** Every answer carries the estimate, and it moves slowly: read once for so long. */
const FRESH_MS = 5_000;

/** Reads how well records are linked, at most once in some seconds however many ask. */
export function createQualityReader(
  store: Pick<PersonIndexStore, 'quality'>,
  monotonicMs: () => number = () => performance.now(),
): () => Promise<LinkageQuality> {
  let reading: Promise<LinkageQuality> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (reading !== undefined && monotonicMs() - readAt < FRESH_MS) return reading;
    readAt = monotonicMs();
    const fresh = store.quality();
    reading = fresh;
    fresh.catch(() => {
      if (reading === fresh) reading = undefined;
    });
    return fresh;
  };
}
