import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { CommandFailure } from '../cli-error.ts';
import type { Registry } from '../registry/open-registry.ts';

/** What became of an entry. */
export type Done = 'CREATED' | 'CHANGED' | 'UNCHANGED';

/**
 * Puts an entry as it is wanted. What is there already is as good; what is there and says something else is changed only
 * when that was asked for, and keeps what `merge` keeps of it.
 */
export async function putEntry<C extends object>(
  registry: Registry,
  path: string,
  wanted: C,
  shape: z.ZodType<{ readonly content: C }>,
  merge: (before: C) => C,
  isUpdate: boolean,
): Promise<Done> {
  const needs = 'hub-operator';
  const found = await registry.find({ path, needs }, shape);
  if (found === null) {
    await registry.ask({ method: 'PUT', path, body: wanted, needs }, shape);
    return 'CREATED';
  }
  const merged = merge(found.entry.content);
  if (isDeepStrictEqual(merged, found.entry.content)) return 'UNCHANGED';
  if (!isUpdate) {
    throw new CommandFailure(
      `${path.slice(1)} is registered already, and says something else: --update changes it to what you say`,
    );
  }
  const ifMatch = found.etag === null ? {} : { ifMatch: found.etag };
  await registry.ask({ method: 'PUT', path, body: merged, needs, ...ifMatch }, shape);
  return 'CHANGED';
}
