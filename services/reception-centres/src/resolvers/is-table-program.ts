import type { Caller } from '@tavolo/subgraph-kit';

/** The program that loads the table's facts, and nothing else beside it: what it gets leaves it as protected figures. */
export function isTableProgram({ roles }: Caller): boolean {
  return roles.length === 1 && roles[0] === 'fact-loader';
}
