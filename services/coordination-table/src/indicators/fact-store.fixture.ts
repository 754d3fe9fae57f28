import type { AnalysisQuestion, FactState, FactStore, FigureRequest } from '@tavolo/analysis';
import { AnalysisError } from '@tavolo/analysis';
import type { Cell } from '@tavolo/disclosure';

/** What a test says that a question is answered with. */
export type Answering = (question: AnalysisQuestion, figure: FigureRequest) => Cell;

export interface FakeFacts {
  readonly store: FactStore;
  /** Everything that was asked, in order. */
  readonly asked: AnalysisQuestion[];
  answer: Answering;
  /** What was loaded; another text has another hash. */
  data: string | null;
  isBusy: boolean;
}

export function perturbed(value: number, width = 2): Cell {
  return {
    display: value.toLocaleString('en-GB'),
    value,
    lower: value - width,
    upper: value + width,
    status: 'PERTURBED',
  };
}

export const suppressed: Cell = {
  display: '<5',
  value: null,
  lower: null,
  upper: null,
  status: 'SUPPRESSED_PRIMARY',
};

const notAvailable: Cell = {
  display: 'n/a',
  value: null,
  lower: null,
  upper: null,
  status: 'NOT_AVAILABLE',
};

/** A fact store that answers what a test wants, without any rows. */
export function createFakeFacts(): FakeFacts {
  const fake: FakeFacts = {
    asked: [],
    answer: () => perturbed(100),
    data: 'first load',
    isBusy: false,
    store: {
      state: (fact) => stateOf(fact, fake.data),
      ask(question, figures) {
        fake.asked.push(question);
        if (fake.isBusy) return Promise.reject(new AnalysisError('TOO_BUSY', 'too many ask'));
        const cells = figures.map((figure) =>
          fake.data === null ? notAvailable : fake.answer(question, figure),
        );
        const [dimension] = question.groupBy;
        return Promise.resolve({
          cells:
            dimension === undefined
              ? []
              : ['034027', '034014', '034032'].map((code, index) => ({
                  key: { [dimension]: code },
                  figures: index === 2 ? [suppressed] : cells,
                })),
          total: cells,
          state: stateOf(question.fact, fake.data),
        });
      },
      load: () => Promise.reject(new Error('not here')),
      rows: () => {
        throw new Error('indicators read no rows');
      },
      close: () => Promise.resolve(),
    },
  };
  return fake;
}

function stateOf(fact: string, data: string | null): FactState {
  return {
    fact,
    loadedAt: data === null ? null : '2026-01-10T06:00:00Z',
    lastFailure: null,
    sources:
      data === null
        ? []
        : [{ subgraph: 'reception-centres', asOf: '2026-01-10T05:00:00Z', completeness: 0.97 }],
    linkage: {
      precision: { estimate: 0.99, low: 0.98, high: 1 },
      recall: { estimate: 0.95, low: 0.93, high: 0.97 },
    },
    documentHash: 'a'.repeat(64),
    dataHash: data === null ? null : Buffer.from(data).toString('hex').padEnd(64, '0').slice(0, 64),
  };
}
