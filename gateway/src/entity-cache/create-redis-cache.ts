import { randomUUID } from 'node:crypto';
import type { Logger } from '@tavolo/process-kit';
import { Redis } from 'ioredis';
import { z } from 'zod';
import {
  type CachedEntity,
  type EntityCache,
  type EntityCacheKey,
  type EntityLookup,
  longestAgeSeconds,
  longestEntry,
} from './entity-cache.ts';
import { createSealedEntries } from './sealed-entries.ts';

export interface RedisCacheOptions {
  readonly redisUrl: string;
  /** Shared by the gateways of a hub, at least 32 bytes: without it nothing in Redis can be read or found. */
  readonly secret: string;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** A Redis that takes longer is asked no further: the subgraph is. */
const commandTimeoutMs = 100;
/** A mark outlives whatever was kept before it. */
const markSeconds = longestAgeSeconds + 24 * 60 * 60;

const sealedEntry = z.object({
  json: z.string(),
  storedAt: z.number(),
  expiresAt: z.number(),
  typeMark: z.string(),
  entityMark: z.string(),
});

/**
 * Keeps entities in a Redis that several gateways share. It holds no readable name or value: see
 * {@link createSealedEntries}. Each entry names the marks of its type and its entity as they were before its subgraph
 * was asked; a change sets another mark, and what names the old one is not found any more. Marks are random, so that
 * one that was lost does not come back as what it was.
 */
export function createRedisCache(options: RedisCacheOptions): EntityCache {
  const { now, logger } = options;
  const sealed = createSealedEntries(options.secret);
  const redis = new Redis(options.redisUrl, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: commandTimeoutMs,
  });
  // Without a listener a lost connection would end the process.
  redis.on('error', (error: Error) => logger.warn({ err: error }, 'Redis is not reachable'));
  const typeName = (of: { readonly subgraph: string; readonly typeName: string }) =>
    sealed.nameOf('type', [of.subgraph, of.typeName]);
  const entityName = (of: EntityCacheKey) =>
    sealed.nameOf('one', [of.subgraph, of.typeName, of.representation]);
  const entryName = (of: EntityCacheKey) =>
    sealed.nameOf('entry', [
      of.subgraph,
      of.typeName,
      of.representation,
      of.selection,
      of.authorisation,
    ]);

  async function lookUp(keys: readonly EntityCacheKey[]): Promise<EntityLookup> {
    const names = keys.map((key) => ({
      type: typeName(key),
      entity: entityName(key),
      entry: entryName(key),
    }));
    const typeNames = [...new Set(names.map(({ type }) => type))];
    const values = await redis.mgetBuffer([
      ...typeNames,
      ...names.flatMap(({ entity, entry }) => [entity, entry]),
    ]);
    const typeMarks = await marksOfTypes(typeNames, values);
    const at = now().getTime();
    const places = names.map(({ type, entity, entry }, place) => {
      const typeMark = typeMarks.get(type) ?? '';
      const entityMark = textOf(values[typeNames.length + 2 * place]);
      const value = values[typeNames.length + 2 * place + 1];
      const found = value ? read(entry, value) : undefined;
      const isCurrent =
        found !== undefined &&
        found.expiresAt > at &&
        found.typeMark === typeMark &&
        found.entityMark === entityMark;
      return { entity, entry, typeMark, entityMark, found: isCurrent ? found : undefined };
    });
    return {
      entities: places.map(({ found }): CachedEntity | undefined => found),
      keep(jsons, maxAgeSeconds) {
        const storedAt = now().getTime();
        const seconds = Math.min(Math.ceil(maxAgeSeconds), longestAgeSeconds);
        if (seconds <= 0) return;
        const pipeline = redis.pipeline();
        for (const [place, { entry, typeMark, entityMark }] of places.entries()) {
          const json = jsons[place];
          if (json === undefined || json.length > longestEntry) continue;
          const expiresAt = storedAt + seconds * 1000;
          const text = JSON.stringify({ json, storedAt, expiresAt, typeMark, entityMark });
          pipeline.set(entry, sealed.seal(entry, text), 'EX', seconds);
        }
        pipeline.exec().catch((error: unknown) => logger.debug({ err: error }, 'not kept'));
      },
    };
  }

  /** A type without a mark gets one now; whatever was kept under the one that was lost is not found any more. */
  async function marksOfTypes(
    names: readonly string[],
    values: readonly (Buffer | null)[],
  ): Promise<ReadonlyMap<string, string>> {
    const marks = new Map<string, string>();
    for (const [place, name] of names.entries()) {
      const mark = textOf(values[place]);
      marks.set(name, mark === '' ? await firstMark(name) : mark);
    }
    return marks;
  }

  async function firstMark(name: string): Promise<string> {
    const mark = randomUUID();
    const earlier = await redis.set(name, mark, 'EX', markSeconds, 'NX', 'GET');
    return earlier ?? mark;
  }

  function read(name: string, value: Buffer): z.infer<typeof sealedEntry> | undefined {
    const text = sealed.open(name, value);
    return text === undefined ? undefined : sealedEntry.safeParse(JSON.parse(text)).data;
  }

  return {
    async find(keys) {
      try {
        return await lookUp(keys);
      } catch (error) {
        logger.debug({ err: error }, 'entities are not looked up in Redis');
        return { entities: keys.map(() => undefined), keep: () => undefined };
      }
    },
    async invalidate({ subgraph, typeName: type, representation }) {
      const name =
        representation === undefined
          ? sealed.nameOf('type', [subgraph, type])
          : sealed.nameOf('one', [subgraph, type, representation]);
      await redis.set(name, randomUUID(), 'EX', markSeconds);
    },
    async close() {
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}

function textOf(value: Buffer | null | undefined): string {
  return value?.toString('latin1') ?? '';
}
