import { type LoadOrigin, LoadProblem } from '@tavolo/analysis';
import { type Fact, type FactRow, readPage } from '@tavolo/facts';
import type { AnswerSource, Gateway } from './ask-gateway.ts';

export interface FactPages {
  readonly pages: AsyncIterable<readonly FactRow[]>;
  /** What the answers read so far said of where they came from. */
  readonly origin: () => LoadOrigin;
}

export interface PageProgress {
  readonly page: number;
  readonly rows: number;
  readonly withoutUnit: number;
  readonly missingLists: number;
}

/** More would be a list that never ends. */
const mostPages = 50_000;

/** Every page of a fact's document, one after the other; anything amiss ends them with a `LoadProblem`. */
export function readFactPages(
  gateway: Gateway,
  fact: Fact,
  signal: AbortSignal,
  onPage: (progress: PageProgress) => void,
): FactPages {
  const sources = new Map<string, AnswerSource>();

  async function* pages(): AsyncGenerator<readonly FactRow[]> {
    let after: string | null = null;
    const seen = new Set<string>();
    for (let page = 1; page <= mostPages; page += 1) {
      // Without a cursor the document's own default holds.
      const answer = await gateway.ask(fact.documentHash, after === null ? {} : { after }, signal);
      for (const source of answer.sources) note(source);
      const { rows, withoutUnit, missingLists, pageInfo } = readPage(fact, answer.data);
      if (!pageInfo) throw new LoadProblem(`fact ${fact.name}: page ${page} came without its end`);
      onPage({ page, rows: rows.length, withoutUnit, missingLists });
      yield rows;
      if (!pageInfo.hasNextPage) return;
      if (pageInfo.endCursor === null || seen.has(pageInfo.endCursor)) {
        throw new LoadProblem(`fact ${fact.name}: page ${page} says no way to the next`);
      }
      seen.add(pageInfo.endCursor);
      after = pageInfo.endCursor;
    }
    throw new LoadProblem(`fact ${fact.name}: more than ${mostPages} pages`);
  }

  /** Of all pages the oldest and the least complete: no figure may look better than what it is made of. */
  function note(source: AnswerSource): void {
    const known = sources.get(source.name);
    const oldest = [known?.asOf, source.asOf].filter((asOf) => typeof asOf === 'string').sort();
    const shares = [known?.completeness, source.completeness].filter(
      (share) => typeof share === 'number',
    );
    sources.set(source.name, {
      ...known,
      ...source,
      asOf: oldest[0] ?? null,
      completeness: shares.length === 0 ? null : Math.min(...shares),
    });
  }

  return {
    pages: pages(),
    origin: () => ({
      sources: [...sources.values()]
        .map(({ name, asOf, completeness }) => ({
          subgraph: name,
          asOf: asOf ?? null,
          completeness: completeness ?? null,
        }))
        .sort((a, b) => (a.subgraph < b.subgraph ? -1 : 1)),
      linkage: [...sources.values()].find(({ linkage }) => linkage !== undefined)?.linkage ?? null,
    }),
  };
}
