import { registryId } from '@tavolo/access-model';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { paragraph } from '../model/text.ts';
import type { Expected } from '../must-match.ts';
import { Refusal } from '../refusal.ts';
import { problem } from './problem.ts';

/** Parts that requests and answers of several routes share. */
export const idParams = z.object({ id: registryId });

export const pageQuery = z.strictObject({
  after: registryId.optional().meta({ description: 'Ids after this one' }),
  first: z.coerce.number().int().min(1).max(100).default(50),
});

export const reasonBody = z.strictObject({
  reason: paragraph(500).meta({ description: 'For whoever is refused by it; about nobody' }),
});

export const versionBody = z.strictObject({ version: z.int().min(1) });

/** Nothing is said to a resumption: the suspension's reason goes with it. */
export const emptyBody = z.strictObject({}).nullish();

export const preconditions = z.object({
  'if-match': z
    .string()
    .regex(/^"\d{1,9}"$/u, 'must be one ETag as it was answered')
    .optional(),
  'if-none-match': z.literal('*', 'must be *').optional(),
});

/** A page of entries; `next` goes into `after`. */
export const pageView = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** What every route of the registry may answer besides its own. */
export const problems = { default: problem };

/** One more than asked for was read, to know whether there is a next page. */
export function toPage<E extends { readonly id: string }>(read: readonly E[], first: number) {
  const items = read.slice(0, first);
  return { items, next: read.length > first ? (items.at(-1)?.id ?? null) : null };
}

export function expectedOf(headers: z.infer<typeof preconditions>): Expected {
  const match = headers['if-match'];
  if (match !== undefined) return Number(match.slice(1, -1));
  return headers['if-none-match'] === undefined ? null : 'nothing';
}

/** Sends an entry with its ETag. */
export function withEtag<E extends { readonly revision: number }>(
  reply: FastifyReply,
  entry: E,
): E {
  reply.header('etag', `"${entry.revision}"`);
  return entry;
}

export function mustExist<E>(entry: E | null, isVisible: (entry: E) => boolean): E {
  if (entry !== null && isVisible(entry)) return entry;
  throw new Refusal('NOT_FOUND', 'There is no such entry');
}
