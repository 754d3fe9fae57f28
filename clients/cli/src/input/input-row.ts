/** One person of an input file, as text under the institution's own names of columns, or why it is none. */
export type InputRow =
  | {
      readonly kind: 'row';
      /** Line of the file on which it starts; in a CSV the header is line 1. */
      readonly line: number;
      readonly cells: ReadonlyMap<string, string>;
      /** Columns whose value is neither text nor number nor truth value. */
      readonly unreadable: readonly string[];
    }
  | { readonly kind: 'refused'; readonly line: number; readonly problem: RowProblem };

/** Why a whole row is refused; fixed words, because the row is about a person. */
export type RowProblem =
  | 'line too long'
  | 'not UTF-8'
  | 'not JSON'
  | 'not an object'
  | 'more cells than the header'
  | 'fewer cells than the header';

/** In bytes for a line of NDJSON, in characters for a row of CSV. */
export const longestRow = 65_536;
