import type { FactState, FactStore } from '@tavolo/analysis';

const state: FactState = {
  fact: 'none',
  loadedAt: null,
  lastFailure: null,
  sources: [],
  linkage: null,
  documentHash: '',
  dataHash: null,
};

/** A store into which nothing was loaded, for tests of what needs no facts. */
export const noFacts: FactStore = {
  load: () => Promise.resolve(state),
  state: () => state,
  ask: () => Promise.resolve({ cells: [], total: [], state }),
  async *rows() {},
  close: () => Promise.resolve(),
};
