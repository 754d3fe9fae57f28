import { HubError } from '@tavolo/subgraph-kit';
import type { PeopleCursor } from '../people-cursor.ts';
import type { ClusterRow, PersonIndexStore } from '../store/person-index-store.ts';

export interface PeoplePage {
  readonly nodes: ClusterRow[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const MOST_PEOPLE = 500;

/** One page of everybody who may be shown. */
export async function readPeoplePage(
  store: Pick<PersonIndexStore, 'peopleAfter'>,
  cursor: PeopleCursor,
  { first, after }: { readonly first: number; readonly after?: string | null },
): Promise<PeoplePage> {
  if (first < 1 || first > MOST_PEOPLE) {
    throw new HubError('BAD_USER_INPUT', `Argument "first" must be between 1 and ${MOST_PEOPLE}`);
  }
  const rows = await store.peopleAfter(after == null ? null : cursor.read(after), first + 1);
  const shown = rows.slice(0, first);
  const last = shown.at(-1);
  return {
    nodes: shown.map(({ person }) => person),
    pageInfo: {
      hasNextPage: rows.length > first,
      endCursor: last === undefined ? null : cursor.write(last.ref),
    },
  };
}
