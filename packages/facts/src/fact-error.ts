import type { ASTNode } from 'graphql';

/** What is wrong with one place of a fact file. */
export interface FactProblem {
  readonly file: string;
  /** 1 is the first line; null = the file as a whole. */
  readonly line: number | null;
  /** `Type.field` of the graph, or the name of a column; null = the operation. */
  readonly coordinate: string | null;
  readonly message: string;
}

/** Tells what is wrong, at which node of the file, and of which field or column. */
export type ReportProblem = (
  node: ASTNode | null,
  coordinate: string | null,
  message: string,
) => void;

/** A fact file that does not fit the graph or itself; lists everything that is wrong with it. */
export class FactError extends Error {
  override readonly name = 'FactError';
  readonly problems: readonly FactProblem[];

  constructor(problems: readonly FactProblem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.problems = problems;
  }
}

function describeProblem({ file, line, coordinate, message }: FactProblem): string {
  const place = line === null ? file : `${file}:${line}`;
  return `${place}: ${coordinate === null ? '' : `${coordinate}: `}${message}`;
}
