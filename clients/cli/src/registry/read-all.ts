import type { z } from 'zod';
import { NotReached } from '../cli-error.ts';
import type { Registry } from './open-registry.ts';

const mostPages = 100;

/** Reads a list of the registry to its end, page by page. */
export async function readAll<T>(
  registry: Registry,
  path: string,
  needs: string,
  page: z.ZodType<{ readonly items: T[]; readonly next: string | null }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let after = '';
  for (let pages = 0; pages < mostPages; pages++) {
    const from = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
    const { items, next } = await registry.ask({ path: `${path}?first=100${from}`, needs }, page);
    all.push(...items);
    if (next === null) return all;
    // Ids grow from page to page; a list that does not would never end.
    if (next <= after) break;
    after = next;
  }
  throw new NotReached(`${path} of ${registry.origin} has no end that could be found`);
}
