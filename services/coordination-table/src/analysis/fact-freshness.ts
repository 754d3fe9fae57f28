import type { FactState } from '@tavolo/analysis';

/** A fact's state as the graph tells it. */
export function factFreshness(state: FactState, now: Date) {
  const { loadedAt } = state;
  return {
    fact: state.fact,
    loadedAt,
    ageHours: loadedAt === null ? null : hoursBetween(loadedAt, now),
    lastFailureAt: state.lastFailure?.at ?? null,
    sources: state.sources,
    linkagePrecision: state.linkage?.precision.estimate ?? null,
    linkageRecall: state.linkage?.recall.estimate ?? null,
    documentHash: state.documentHash,
    dataHash: state.dataHash,
  };
}

function hoursBetween(from: string, to: Date): number {
  return Math.round((to.getTime() - Date.parse(from)) / 36_000) / 100;
}
