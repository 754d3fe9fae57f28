import { openFactStore } from '@tavolo/analysis';
import type { Cell, Disclosure } from '@tavolo/disclosure';
import { type Fact, type FactRow, readPage } from '@tavolo/facts';
import { factLoaderToken } from '@tavolo/harness';

interface Hub {
  readonly gatewayUrl: string;
  readonly issuerUrl: string;
  readonly folder: string;
}

/** The figures as they are; exists in this journey only, and nothing of the hub can be given it. */
const unprotected: Disclosure = {
  contributors: ({ count }) => shown(count),
  events: (_of, { events }) => shown(events),
  share: (part, whole) => shown(part.count / whole.count),
  mean: ({ count }, { sum }) => shown(sum / count),
  quantile: (_of, { around }) => shown(around[Math.floor(around.length / 2)] ?? Number.NaN),
};

function shown(value: number): Cell {
  return { display: String(value), value, lower: value, upper: value, status: 'PUBLISHED' };
}

/** Loads facts through the gateway, as the table's program does, into a store without protection. */
export async function loadFactsHere(hub: Hub, facts: readonly Fact[]) {
  const token = await factLoaderToken(hub);
  const store = await openFactStore({
    file: ':memory:',
    facts,
    disclosure: unprotected,
    recordKeySecret: 'of this journey alone, and long enough for a key',
    now: () => new Date(),
  });
  const rows = new Map<string, FactRow[]>();
  for (const fact of facts) {
    const kept: FactRow[] = [];
    rows.set(fact.name, kept);
    await store.load(fact, pagesOf(hub.gatewayUrl, token, fact, kept), () => ({
      sources: [],
      linkage: null,
    }));
  }
  return { store, rows };
}

async function* pagesOf(gatewayUrl: string, token: string, fact: Fact, kept: FactRow[]) {
  let after: string | null = null;
  do {
    const response = await fetch(`${gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({
        documentId: fact.documentHash,
        variables: after === null ? {} : { after },
      }),
    });
    // Read by the fact's own reader, which takes anything.
    const answer = (await response.json()) as { data?: unknown; errors?: unknown };
    if (answer.errors) throw new Error(`${fact.name}: ${JSON.stringify(answer.errors)}`);
    const { rows, pageInfo } = readPage(fact, answer.data);
    kept.push(...rows);
    yield rows;
    after = pageInfo?.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
}
