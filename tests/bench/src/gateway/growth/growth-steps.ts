import type { Question } from '../graph/questions.ts';
import { furtherSubgraphs, lineBytes } from './growth-graph.ts';

/** One question of a series in which a single size grows. */
export interface GrowthStep {
  readonly series: string;
  /** What the size counts. */
  readonly unit: string;
  readonly size: number;
  /** Further subgraphs that the graph has for it. */
  readonly notes: number;
  readonly question: Question;
}

const answerKilobytes = [1, 10, 100, 1_000, 10_000];
const subgraphCounts = [1, 3, 10, furtherSubgraphs];
const entityCounts = [1, 10, 100, 1_000, 10_000];
const itemsForSubgraphs = 100;

export function growthSteps(): readonly GrowthStep[] {
  return [
    ...answerKilobytes.map((size) =>
      step(
        'answer',
        'KB',
        size,
        1,
        `{ lines(first: ${(size * 1_000) / lineBytes}) { number text } }`,
      ),
    ),
    ...subgraphCounts.map((size) =>
      step('subgraphs', 'subgraphs', size, size, itemsWith(itemsForSubgraphs, size)),
    ),
    ...entityCounts.map((size) => step('entities', 'entities', size, 1, itemsWith(size, 1))),
  ];
}

function itemsWith(first: number, notes: number): string {
  const fields = Array.from({ length: notes }, (_, index) => `note${index + 1}`);
  return `{ items(first: ${first}) { id ${fields.join(' ')} } }`;
}

function step(
  series: string,
  unit: string,
  size: number,
  notes: number,
  query: string,
): GrowthStep {
  return { series, unit, size, notes, question: { name: `${series} ${size}`, query } };
}
