import { type Decision, type LinkedPeople, linkPeople, type PeopleGraph } from '@tavolo/matching';
import { groupsOf } from './measure-stages.ts';
import {
  areOnePerson,
  countTruePairs,
  type PairScore,
  type PersonOf,
  scoreGroups,
} from './score-groups.ts';

export interface ReviewScore extends PairScore {
  /** Pairs that somebody had to look at, in all rounds. */
  readonly reviewed: number;
  readonly rounds: number;
  /** Doubts left when `MOST_ROUNDS` are over. */
  readonly left: number;
}

/** Each answer can raise new questions about the same people; fewer every time. */
const MOST_ROUNDS = 20;

/** Reviewers who are always right answer the queue, and what the answers bring up, until nothing is left. */
export function reviewPerfectly(graph: PeopleGraph, personOf: PersonOf): ReviewScore {
  const decisions = new Map<string, Decision[]>();
  const decided = new Set<string>();
  const decisionsOf = (ref: string): readonly Decision[] => decisions.get(ref) ?? [];
  let asked: Iterable<string> = graph.refs();
  let rounds = 0;
  let left = 0;
  for (; rounds <= MOST_ROUNDS; rounds += 1) {
    const open = doubtsOf(linkPeople(graph, asked, { decisionsOf })).filter(
      (refs) => !decided.has(refs.join(' ')),
    );
    left = open.length;
    if (left === 0) break;
    for (const refs of open) {
      const verdict = areOnePerson(personOf, ...refs) ? 'SAME_PERSON' : 'TWO_PEOPLE';
      decided.add(refs.join(' '));
      for (const ref of refs) decisions.set(ref, [...decisionsOf(ref), { refs, verdict }]);
    }
    asked = open.flat();
  }
  const linked = linkPeople(graph, graph.refs(), { decisionsOf });
  return {
    truePairs: countTruePairs(personOf),
    ...scoreGroups(groupsOf(linked), personOf),
    reviewed: decided.size,
    rounds,
    left,
  };
}

function doubtsOf(linked: Iterable<LinkedPeople>): (readonly [string, string])[] {
  return [...linked].flatMap(({ doubts }) => doubts.map(({ refs }) => refs));
}
