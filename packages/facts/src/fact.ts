/** What a column of a fact holds, and so its type in DuckDB and in GraphQL. */
export type ColumnType =
  | { readonly kind: 'ENUM'; readonly graphqlType: string; readonly values: readonly string[] }
  | { readonly kind: 'TEXT' }
  | { readonly kind: 'BOOLEAN' }
  | { readonly kind: 'INTEGER' }
  | { readonly kind: 'NUMBER' }
  | { readonly kind: 'DATE' }
  | { readonly kind: 'MOMENT' };

/** A list that a path goes through: of what is left of it one item counts. */
export interface ListOnPath {
  /** Place of the list's key in the path. */
  readonly at: number;
  /** Only items with this value; null = all. */
  readonly only: OnlyItems | null;
  readonly take: 'FIRST' | 'LAST';
}

export interface OnlyItems {
  /** Response key directly below the list. */
  readonly key: string;
  /** As text; null = the field is null. */
  readonly is: string | null;
}

/** Where a path begins: at the row, at the item of the page, or at an item of a list between them, counted from the page. */
export type PathStart =
  | { readonly each: 'ROW' | 'PAGE_NODE'; readonly listsDeep?: never }
  | { readonly each: 'BETWEEN'; readonly listsDeep: number };

/** One leaf of the operation, or an expression over the others. */
export interface FactColumn {
  /** camelCase, unique in the fact. */
  readonly name: string;
  readonly type: ColumnType;
  /** Where the value lies below the row, or the SQL expression it is computed with. */
  readonly from:
    | (PathStart & {
        readonly kind: 'PATH';
        readonly path: readonly string[];
        readonly lists?: readonly ListOnPath[];
      })
    /** How many items the list at `path` has; null when the list is null. */
    | (PathStart & {
        readonly kind: 'COUNT';
        readonly path: readonly string[];
        readonly lists?: readonly ListOnPath[];
        readonly only?: OnlyItems | null;
      })
    /** DuckDB's SQL over columns that are no expressions, their names in double quotes. */
    | { readonly kind: 'EXPRESSION'; readonly sql: string };
}

/** What analysts may group and filter by. */
export interface FactDimension {
  readonly column: string;
  /** English, with the Italian term in parentheses. */
  readonly description: string;
  /** From `@sensitive` in the graph, or declared: needs ten contributors. */
  readonly isSensitive: boolean;
  /** Never together with another dimension: municipality. */
  readonly isOneWay: boolean;
}

/** A number of each row that means and quantiles are computed of. */
export interface FactMeasure {
  readonly column: string;
  readonly description: string;
  /** Such as HOURS, DAYS, COUNT. */
  readonly unit: string;
  /** What published means and quantiles are rounded to, in that unit. */
  readonly step: number;
  /** The only limits a share within a limit can be asked for: `WITHIN_12_HOURS` → 12. */
  readonly limits: Readonly<Record<string, number>>;
  readonly isSensitive: boolean;
}

/** One fact file, read and checked against the graph. */
export interface Fact {
  /** camelCase, such as `asylumSteps`; the file is `asylum-steps.graphql`. */
  readonly name: string;
  readonly description: string;
  /** What a row is, one word for the count of rows, such as `stays`. */
  readonly eventName: string;
  /** Who the figures are about, and so what is protected. */
  readonly unit: 'PERSON' | 'HOUSEHOLD';
  /** The operation that is sent: the file without the fact's own directives. */
  readonly document: string;
  readonly operationName: string;
  /** SHA-256 of `document`, as the gateway names trusted documents. */
  readonly documentHash: string;
  /** Where the page's list and its `pageInfo` lie in `data`. */
  readonly pagePath: readonly string[];
  readonly pageInfoPath: readonly string[];
  /** From one item of the page's list down to the list whose items are rows; empty = the item is the row. */
  readonly rowPath: readonly string[];
  /** Places in `rowPath` of the lists on the way to the last one, which is a list too. */
  readonly listsInRowPath?: readonly number[];
  /** How many items each of those lists was asked for; null = not said. A list as long as that may go on. */
  readonly rowLimits?: readonly (number | null)[];
  /** Where the unit's ref lies; a row without one is not loaded. */
  readonly unitPath: PathStart & {
    readonly path: readonly string[];
    readonly lists?: readonly ListOnPath[];
  };
  readonly columns: readonly FactColumn[];
  readonly dimensions: readonly FactDimension[];
  readonly measures: readonly FactMeasure[];
  /** The DATE or MOMENT column that places a row in a year, quarter or month; null = rows have no time. */
  readonly periodColumn: string | null;
  /** That somebody has a row at all tells a special category: every figure needs ten contributors. */
  readonly isSensitive?: boolean;
  /** Owners (`@owner`) of everything it reads, without the hub. */
  readonly owners: readonly string[];
  /** Special categories (`@sensitive`) of everything it reads. */
  readonly categories: readonly string[];
}

/** One row of a fact: the unit it is about and the value of each column that is not an expression. */
export interface FactRow {
  readonly unitRef: string;
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
}
