import { isRecord } from './http-answer.ts';
import { readPage } from './read-page.ts';
import { sayAnswer } from './say-answer.ts';
import type { PagedList } from './subgraph-model.ts';
import type { Trial } from './trial.ts';

const maxPages = 12;

interface Walk {
  readonly sent: string;
  readonly rows: number;
  /** Whether the end of the list was reached. */
  readonly isWhole: boolean;
  readonly problem: string | null;
}

/** Goes from page to page by the cursors; ends at the first thing that is wrong. */
export async function walkPages(trial: Trial, list: PagedList, size: number): Promise<Walk> {
  const seen = new Set<string>();
  const cursors = new Set<string>();
  let rows = 0;
  let after: string | undefined;
  for (let number = 1; number <= maxPages; number += 1) {
    const page = await readPage(trial, list, {
      first: size,
      ...(after === undefined ? {} : { after }),
    });
    const sent = `${list.name}(first: ${size}), page ${number}`;
    const end = (problem: string): Walk => ({ sent, rows, isWhole: false, problem });
    if (page.nodes === null) return end(sayAnswer(page.answer));
    if (page.nodes.length > size) return end(`${page.nodes.length} rows`);
    for (const node of page.nodes) {
      const id = idOf(node);
      if (id !== null && seen.has(id)) return end('a row that an earlier page had given');
      if (id !== null) seen.add(id);
    }
    rows += page.nodes.length;
    if (!page.hasNextPage) return { sent, rows, isWhole: true, problem: null };
    if (page.endCursor === null) return end('hasNextPage without an endCursor');
    if (page.nodes.length === 0) return end('hasNextPage after a page without rows');
    if (cursors.has(page.endCursor)) return end('the endCursor of an earlier page again');
    cursors.add(page.endCursor);
    after = page.endCursor;
  }
  return { sent: `${list.name}(first: ${size})`, rows, isWhole: false, problem: null };
}

/** By the field that says which row it is; rows without one may be equal. */
function idOf(node: unknown): string | null {
  if (!isRecord(node)) return null;
  const value = node['id'] ?? node['ref'] ?? node['key'];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
