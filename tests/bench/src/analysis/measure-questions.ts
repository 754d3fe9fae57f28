import { DuckDBInstance } from '@duckdb/node-api';
import type { FactStore } from '@tavolo/analysis';
import { quantile } from '../quantiles.ts';
import type { Asked } from './question-mix.ts';

export interface Latencies {
  readonly medianMs: number;
  readonly p99Ms: number;
}

/** So many analysts ask, each its next question as soon as it has its answer. */
export async function measureQuestions(
  ask: (asked: Asked) => Promise<unknown>,
  questions: readonly Asked[],
  analysts: number,
): Promise<Latencies> {
  const times: number[] = [];
  const waiting = [...questions];
  const analyst = async () => {
    for (let asked = waiting.pop(); asked; asked = waiting.pop()) {
      const startedAt = performance.now();
      await ask(asked);
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: analysts }, analyst));
  return { medianMs: quantile(times, 0.5), p99Ms: quantile(times, 0.99) };
}

export function askStore(store: FactStore): (asked: Asked) => Promise<unknown> {
  return ({ question, figures }) => store.ask(question, figures);
}

/** The peer: the same true figures by plain SQL on the same rows, two connections, nothing kept and nothing protected. */
export async function openPeer(file: string, table: string) {
  const instance = await DuckDBInstance.create(file, { threads: '2', access_mode: 'READ_ONLY' });
  const free = [await instance.connect(), await instance.connect()];
  const waiting: (() => void)[] = [];
  return {
    async ask({ question, figures }: Asked): Promise<unknown> {
      while (free.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
      const connection = free.pop();
      if (!connection) throw new Error('no connection is free');
      const [group = ''] = question.groupBy;
      const measure = figures.some(({ kind }) => kind !== 'CONTRIBUTORS' && kind !== 'EVENTS')
        ? ', avg(hours), median(hours)'
        : '';
      const where = Object.entries(question.where).map(
        ([name, value]) => `"${name}" = '${String(value)}'`,
      );
      try {
        const result = await connection.runAndReadAll(
          `SELECT "${group}", count(DISTINCT record_key), count(*)${measure} FROM "${table}"
           WHERE ${[...where, `period_year = ${question.period?.year ?? 0}`].join(' AND ')} GROUP BY 1`,
        );
        return result.getRowsJS();
      } finally {
        free.push(connection);
        waiting.shift()?.();
      }
    },
    close() {
      for (const connection of free) connection.closeSync();
      instance.closeSync();
    },
  };
}
