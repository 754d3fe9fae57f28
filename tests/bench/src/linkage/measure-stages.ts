import { type LinkedPeople, linkPeople, type PeopleGraph, type Stage } from '@tavolo/matching';
import {
  areOnePerson,
  countTruePairs,
  type PairScore,
  type PersonOf,
  scoreGroups,
} from './score-groups.ts';

export interface StageScore extends PairScore {
  readonly stage: string;
  /** Pairs that wait for a reviewer, and those of them that are one person. */
  readonly queue: number;
  readonly queueTrue: number;
}

export interface RuleScore {
  /** Kind of evidence and of identifier, key or date agreement. */
  readonly rule: string;
  readonly right: number;
  readonly wrong: number;
}

export interface StageScores {
  readonly stages: readonly StageScore[];
  /** Of the last stage: with everything but reviewers. */
  readonly rules: readonly RuleScore[];
  /** Records that reach one another over pairs, at most. */
  readonly largestComponent: number;
}

/** What each kind of evidence adds to those before it. */
const CUMULATIVE: readonly (readonly [name: string, stage: Stage])[] = [
  ['identifiers', 'IDENTIFIER'],
  ['+ skeleton keys', 'SKELETON'],
  ['+ filters', 'FILTER'],
  ['+ household', 'HOUSEHOLD'],
];

/** Links the whole graph once for each stage and scores the pairs. */
export function measureStages(graph: PeopleGraph, personOf: PersonOf): StageScores {
  const truePairs = countTruePairs(personOf);
  const allowed = new Set<Stage>();
  let all: LinkedPeople[] = [];
  const stages = CUMULATIVE.map(([stage, kind]) => {
    allowed.add(kind);
    all = [...linkPeople(graph, graph.refs(), { stages: allowed })];
    const doubts = all.flatMap(({ doubts: some }) => some);
    return {
      stage,
      truePairs,
      ...scoreGroups(groupsOf(all), personOf),
      queue: doubts.length,
      queueTrue: doubts.filter(({ refs }) => areOnePerson(personOf, ...refs)).length,
    };
  });
  return {
    stages,
    rules: scoreRules(all, personOf),
    largestComponent: largestOf(all),
  };
}

export function* groupsOf(linked: Iterable<LinkedPeople>): Iterable<readonly string[]> {
  for (const { groups } of linked) yield* groups;
}

function largestOf(linked: readonly LinkedPeople[]): number {
  let largest = 0;
  for (const { groups } of linked) {
    largest = Math.max(
      largest,
      groups.reduce((records, group) => records + group.length, 0),
    );
  }
  return largest;
}

function scoreRules(linked: readonly LinkedPeople[], personOf: PersonOf): RuleScore[] {
  const rules = new Map<string, { right: number; wrong: number }>();
  for (const { links } of linked) {
    for (const { refs, stage, rule } of links) {
      const name = `${stage} ${rule}`;
      const score = rules.get(name) ?? { right: 0, wrong: 0 };
      if (areOnePerson(personOf, ...refs)) score.right += 1;
      else score.wrong += 1;
      rules.set(name, score);
    }
  }
  return [...rules]
    .map(([rule, score]) => ({ rule, ...score }))
    .sort((a, b) => b.wrong - a.wrong || b.right - a.right);
}
