import { createRandom } from '@tavolo/demo-province';
import { createPeopleGraph, isWorthKeeping } from '@tavolo/matching';
import type { Registers } from './draw-registers.ts';
import { type BlockingLoss, measureBlocking } from './measure-blocking.ts';
import { measureStages, type StageScores } from './measure-stages.ts';
import { loadGraph } from './read-encoded.ts';
import { type ReviewScore, reviewPerfectly } from './review-perfectly.ts';

/** How well one province was linked. */
export interface Quality extends StageScores {
  readonly model: string;
  /** As drawn: about as many as were asked for. */
  readonly people: number;
  readonly records: number;
  readonly review: ReviewScore;
  /** Null = too many people to compare without blocking. */
  readonly blocking: BlockingLoss | null;
}

const MOST_PEOPLE_WITHOUT_BLOCKING = 3_000;

/** Matches the encoded records and holds the result against the truth. */
export async function measureQuality(options: {
  readonly model: string;
  readonly registers: Registers;
  readonly file: string;
  readonly seed: number;
}): Promise<Quality> {
  const { model, file, seed, registers } = options;
  const { people, personOf } = registers;
  const random = createRandom(seed);
  const graph = createPeopleGraph({ random: random.next, isWorthKeeping });
  await loadGraph(graph, file);
  return {
    model,
    people,
    records: personOf.size,
    ...measureStages(graph, personOf),
    review: reviewPerfectly(graph, personOf),
    blocking:
      people > MOST_PEOPLE_WITHOUT_BLOCKING
        ? null
        : measureBlocking(graph, personOf, random.fork('blocking').next),
  };
}
