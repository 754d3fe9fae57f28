import type { Disclosure } from '@tavolo/disclosure';
import type { Fact } from '@tavolo/facts';

export interface FactStoreLimits {
  /** What DuckDB may hold in memory, such as `512MB`. */
  readonly memory: string;
  readonly threads: number;
  /** Questions of analysts that DuckDB answers at once, and that wait for it. */
  readonly concurrency: number;
  readonly queue: number;
  readonly rowsPerFact: number;
  readonly cellsPerAnswer: number;
  readonly cellsPerCube: number;
  /** Cells kept in memory: of cubes, and of answers. */
  readonly cellsKept: number;
}

export const usualLimits: FactStoreLimits = {
  memory: '512MB',
  threads: 2,
  concurrency: 2,
  queue: 200,
  rowsPerFact: 5_000_000,
  cellsPerAnswer: 1_000,
  cellsPerCube: 50_000,
  cellsKept: 250_000,
};

export interface FactStoreOptions {
  /** A path, or `:memory:`. */
  readonly file: string;
  readonly facts: readonly Fact[];
  readonly disclosure: Disclosure;
  /** The one `disclosure` was made with. */
  readonly recordKeySecret: string;
  /** Smallest number of contributors an owner asks for, by its subgraph’s name; the strictest of a fact’s owners holds. */
  readonly ownerThresholds?: Readonly<Record<string, number>>;
  /** Facts whose `rows` the table’s own protocols read; only theirs keep the refs they came with. */
  readonly rowsOf?: readonly string[];
  readonly now: () => Date;
  readonly limits?: Partial<FactStoreLimits>;
}
