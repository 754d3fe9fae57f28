import { HubError } from './hub-error.ts';

/** One page of a list, in the order of its ids. */
export interface PageRequest {
  readonly size: number;
  /** The last id of the page before, or `undefined` for the first page. */
  readonly afterId: string | undefined;
}

export interface Connection<Row> {
  readonly nodes: Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const cursorPrefix = 'after:';

/** Turns `first`/`after` into a page request; refuses a size outside 1–maxSize and a cursor it did not give. */
export function readPageRequest(
  { first, after }: { readonly first?: number | null; readonly after?: string | null },
  {
    defaultSize = 50,
    maxSize = 100,
  }: { readonly defaultSize?: number; readonly maxSize?: number } = {},
): PageRequest {
  const size = first ?? defaultSize;
  if (size < 1 || size > maxSize) {
    throw new HubError('BAD_USER_INPUT', `Argument "first" must be between 1 and ${maxSize}`);
  }
  return { size, afterId: after == null ? undefined : readCursor(after) };
}

function readCursor(after: string): string {
  const text = Buffer.from(after, 'base64url').toString('utf8');
  if (!text.startsWith(cursorPrefix)) {
    throw new HubError('BAD_USER_INPUT', 'Argument "after" is not a cursor of this list');
  }
  return text.slice(cursorPrefix.length);
}

/** Makes a connection of up to `size + 1` rows: the one too many says that another page follows. */
export function toConnection<Row>(
  rowsSizePlusOne: readonly Row[],
  page: PageRequest,
  idOf: (row: Row) => string,
): Connection<Row> {
  const nodes = rowsSizePlusOne.slice(0, page.size);
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rowsSizePlusOne.length > page.size,
      endCursor:
        last === undefined ? null : Buffer.from(cursorPrefix + idOf(last)).toString('base64url'),
    },
  };
}
