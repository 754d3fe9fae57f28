import {
  AnalysisError,
  type AnalysisQuestion,
  type AnalysisTable,
  type DimensionValue,
  type FactStore,
  type FigureRequest,
  type Period,
} from '@tavolo/analysis';
import type { Cell } from '@tavolo/disclosure';
import { HubError } from '@tavolo/subgraph-kit';
import DataLoader from 'dataloader';
import { comparedKey, requireSameLength } from './compared-period.ts';

type Key = Readonly<Record<string, DimensionValue>>;

/** One question of an operation; whatever figures its fields ask for travel to the store together. */
export interface OpenTable {
  readonly question: AnalysisQuestion;
  readonly table: AnalysisTable;
  /** `null` = the total. */
  figure(key: Key | null, figure: FigureRequest): Promise<Cell>;
  /** The same question in another period; `null` when it has none to compare with. */
  inPeriod(period: Period): Promise<OpenTable> | null;
  /** Where a cell of this table lies in the same table of another period. */
  keyIn(key: Key | null, period: Period): Key | null;
}

const notAvailable: Cell = {
  display: 'n/a',
  value: null,
  lower: null,
  upper: null,
  status: 'NOT_AVAILABLE',
};

/** Asks for the cells; a question that may not be asked is told as the caller's mistake. */
export async function openTable(store: FactStore, question: AnalysisQuestion): Promise<OpenTable> {
  const table = await ask(store, question, []);
  const figures = new DataLoader<FigureRequest, (key: Key | null) => Cell, string>(
    async (requests) => {
      const answer = await ask(store, question, requests);
      // By key, not by place: the fact may have been loaded anew since the cells were listed.
      const cells = new Map(answer.cells.map((cell) => [nameOf(cell.key), cell.figures]));
      return requests.map((_, at) => (key: Key | null) => {
        const row = key === null ? answer.total : cells.get(nameOf(key));
        return row?.[at] ?? notAvailable;
      });
    },
    { cacheKeyFn: (figure) => JSON.stringify(figure), maxBatchSize: 20 },
  );
  const others = new Map<string, Promise<OpenTable>>();
  return {
    question,
    table,
    figure: async (key, figure) => (await figures.load(figure))(key),
    inPeriod(period) {
      if (question.period === null) return null;
      requireSameLength(question.period, period);
      const name = JSON.stringify(period);
      const other = others.get(name) ?? openTable(store, { ...question, period });
      others.set(name, other);
      return other;
    },
    keyIn: (key, period) =>
      key === null || question.period === null ? key : comparedKey(key, question.period, period),
  };
}

function nameOf(key: Key): string {
  return JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function ask(
  store: FactStore,
  question: AnalysisQuestion,
  figures: readonly FigureRequest[],
): Promise<AnalysisTable> {
  try {
    return await store.ask(question, figures);
  } catch (cause) {
    if (!(cause instanceof AnalysisError)) throw cause;
    throw new HubError(cause.code === 'TOO_BUSY' ? 'UNAVAILABLE' : 'BAD_USER_INPUT', cause.message);
  }
}
