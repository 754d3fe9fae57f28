import { HubError } from './errors.ts';

/** One page of a list, in the order of its ids. */
export interface PageRequest {
  readonly size: number;
  /** The last id of the page before; null for the first page. */
  readonly afterId: string | null;
}

export interface Connection<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const cursorPrefix = 'after:';

/** Refuses a size outside 1–max; the schema says the same maximum in words. */
export function readSize(first: number, max: number): number {
  if (first < 1 || first > max) {
    throw new HubError('BAD_USER_INPUT', `Argument "first" must be between 1 and ${max}`);
  }
  return first;
}

/** Refuses a cursor this list did not give. */
export function readPage(first: number, after: string | null | undefined, max = 100): PageRequest {
  const size = readSize(first, max);
  if (after == null) return { size, afterId: null };
  const text = Buffer.from(after, 'base64url').toString('utf8');
  if (!text.startsWith(cursorPrefix)) {
    throw new HubError('BAD_USER_INPUT', 'Argument "after" is not a cursor of this list');
  }
  return { size, afterId: text.slice(cursorPrefix.length) };
}

/** Makes a page of up to `size + 1` rows: the one too many says that another page follows. */
export function toConnection<Row>(
  rows: readonly Row[],
  { size }: PageRequest,
  idOf: (row: Row) => string,
): Connection<Row> {
  const nodes = rows.slice(0, size);
  const last = nodes.at(-1);
  const endCursor =
    last === undefined ? null : Buffer.from(cursorPrefix + idOf(last)).toString('base64url');
  return { nodes, pageInfo: { hasNextPage: rows.length > size, endCursor } };
}
