import type { GraphQLSchema } from 'graphql';
import type { Random } from './random.ts';
import { questionCanary, randomOperation } from './random-operation.ts';
import { answerCanary } from './start-canary-subgraphs.ts';

/** What a run of random questions came to. */
export interface FuzzReport {
  asked: number;
  readonly statuses: Record<string, number>;
  readonly codes: Record<string, number>;
  /** Questions that broke a promise, with what they broke; the first twenty. */
  readonly broken: { readonly why: string; readonly query: string }[];
  slowestMs: number;
  slowest: string;
}

/** Asks until `isOver`, a few at a time: a third allowed, a third damaged, a third from all of the graph. */
export async function fuzz(options: {
  readonly url: string;
  readonly token: string;
  readonly allowed: GraphQLSchema;
  readonly whole: GraphQLSchema;
  readonly random: Random;
  readonly isOver: (asked: number) => boolean;
}): Promise<FuzzReport> {
  const { random } = options;
  const report: FuzzReport = {
    asked: 0,
    statuses: {},
    codes: {},
    broken: [],
    slowestMs: 0,
    slowest: '',
  };

  async function askOne(): Promise<void> {
    const kind = random.below(3);
    const schema = kind === 2 ? options.whole : options.allowed;
    const { query, variables } = randomOperation(schema, random, kind === 1);
    const startedAt = performance.now();
    const response = await fetch(`${options.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${options.token}` },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const ms = performance.now() - startedAt;
    if (ms > report.slowestMs) Object.assign(report, { slowestMs: ms, slowest: query });
    // What is asserted on below.
    const { errors = [] } = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] };
    count(report.statuses, String(response.status));
    for (const code of new Set(errors.map(({ extensions }) => extensions?.code ?? 'NO CODE'))) {
      count(report.codes, code);
      if (code === 'NO CODE') broke('an error without a code', query);
    }
    if (response.status >= 500) broke(`${response.status}: ${text.slice(0, 500)}`, query);
    if (text.includes(answerCanary)) broke('a value that was not asked for', query);
    if (text.includes(questionCanary)) broke('a value of the question', query);
  }

  function broke(why: string, query: string): void {
    if (report.broken.length < 20) report.broken.push({ why, query });
  }

  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while (!options.isOver(report.asked)) {
        report.asked += 1;
        await askOne();
      }
    }),
  );
  return report;
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
