import { createPeopleGraph, isWorthKeeping, linkPeople, type PeopleGraph } from '@tavolo/matching';
import type { Progress } from '../progress.ts';
import type { LinkableSide } from './linkable-side.ts';
import { createScoreTally, type DryRunScore } from './score-tally.ts';
import { createSeededRandom } from './seeded-random.ts';

const peopleAtOnce = 500;

/** What the person index would make of the two files if it knew nobody else: the same code decides there. */
export function matchDryRun(
  ours: LinkableSide,
  theirs: LinkableSide,
  progress: Progress,
): DryRunScore {
  const graph = createPeopleGraph({ random: createSeededRandom(1), isWorthKeeping });
  progress.begin('comparing');
  for (const { people } of [ours, theirs]) putInBatches(graph, people, progress);
  for (const { households } of [ours, theirs]) graph.putHouseholds(households);
  progress.begin('deciding');
  const tally = createScoreTally(new Set(ours.people.map(({ ref }) => ref)));
  for (const outcome of linkPeople(graph, graph.refs())) {
    tally.add(outcome);
    progress.tick(outcome.groups.flat().length);
  }
  return tally.score();
}

function putInBatches(
  graph: PeopleGraph,
  people: LinkableSide['people'],
  progress: Progress,
): void {
  for (let from = 0; from < people.length; from += peopleAtOnce) {
    const batch = people.slice(from, from + peopleAtOnce);
    graph.putPeople(batch);
    progress.tick(batch.length);
  }
}
