import type { Fact, FactRow } from '@tavolo/facts';
import type { AnalysisQuestion, AnalysisTable, FactState, FigureRequest } from './question.ts';

/** What a load says about where its rows came from. */
export type LoadOrigin = Pick<FactState, 'sources' | 'linkage'>;

/** The facts in DuckDB: the last good load of each, and figures out of them, always protected. */
export interface FactStore {
  /**
   * Replaces a fact's rows in one step once `pages` has ended; when it throws, the last good load stays and the
   * failure is noted. One load of a fact at a time.
   */
  load(
    fact: Fact,
    pages: AsyncIterable<readonly FactRow[]>,
    origin: () => LoadOrigin,
  ): Promise<FactState>;
  state(factName: string): FactState;
  /** Protected figures; throws `AnalysisError` naming the field of a question that may not be asked. */
  ask(question: AnalysisQuestion, figures: readonly FigureRequest[]): Promise<AnalysisTable>;
  /**
   * The rows of one fact for the table's own protocols (the priority list): person-level, never for a client.
   * Only the columns named.
   */
  rows(
    factName: string,
    columns: readonly string[],
  ): AsyncIterable<readonly (FactRow & { readonly unitRef: string })[]>;
  close(): Promise<void>;
}
