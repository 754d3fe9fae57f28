import { IDENTIFIER_KINDS } from '@tavolo/linkage';
import type { LinkablePerson } from './linkable-person.ts';
import type { PersonPair } from './people-graph.ts';
import {
  contradicts,
  createPersonGroups,
  nameOf,
  type PersonGroups,
  refsOf,
} from './person-groups.ts';
import type { Resolution, ResolveOptions, Stage, WeighedPair } from './resolution.ts';
import { createPairScorer } from './score-pairs.ts';

const ALL_STAGES: ReadonlySet<Stage> = new Set([
  'REVIEWER',
  'CARRIED',
  'IDENTIFIER',
  'SKELETON',
  'FILTER',
  'HOUSEHOLD',
]);

/** Skeleton keys of the whole name; a part of it does not say who somebody is. */
const WHOLE_NAME_SKELETONS = [
  'NAME_DATE_CITIZENSHIP',
  'NAME_DATE',
  'NAME_EITHER_DATE',
  'NAME_PAIR_DATE',
];

const MOST_ROUNDS = 6;

/**
 * Decides who is who among records whose pairs reach one another: reviewers first, then identifiers unless they
 * contradict each other, then names and dates by probability, the surest first. At most one record of an
 * institution in a person. The same for the same records in any order.
 */
export function resolvePeople(
  people: readonly LinkablePerson[],
  given: readonly WeighedPair[],
  options: ResolveOptions,
): Resolution {
  const pairs = [...given].sort(byRefs);
  const stages = options.stages ?? ALL_STAGES;
  const groups = createPersonGroups(people, pairs);
  applyDecisions(groups, options.decisions);
  if (stages.has('CARRIED')) carryLinks(groups, options.carried);
  if (stages.has('IDENTIFIER')) linkByIdentifiers(groups, pairs);
  linkByNames(groups, pairs, stages, options);
  return groups.resolution();
}

function applyDecisions(groups: PersonGroups, given: ResolveOptions['decisions']): void {
  const decisions = [...given].sort(byNames);
  for (const { refs, verdict } of decisions) if (verdict === 'TWO_PEOPLE') groups.keepApart(refs);
  for (const { refs, verdict } of decisions) {
    if (verdict !== 'SAME_PERSON' || !groups.has(refs[0]) || !groups.has(refs[1])) continue;
    const [left, right] = [groups.of(refs[0]), groups.of(refs[1])];
    // Where reviewers contradict each other, two people stay two.
    if (left === right || !groups.isApart(left, right)) {
      groups.join({ refs, stage: 'REVIEWER', rule: 'CONFIRMED', score: 1 });
    }
  }
}

function carryLinks(groups: PersonGroups, carried: ResolveOptions['carried']): void {
  for (const { refs, score } of [...carried].sort(byNames)) {
    if (!groups.has(refs[0]) || !groups.has(refs[1])) continue;
    const [left, right] = [groups.of(refs[0]), groups.of(refs[1])];
    if (left !== right && groups.mayJoin(left, right)) {
      groups.join({ refs, stage: 'CARRIED', rule: 'FORMER_KEY', score });
    }
  }
}

/** Certain as far as a number can be: the rest is a clerk's slip. */
const SAME_NUMBER = 0.9999;
const SAME_NUMBER_OTHER_NAME = 0.97;
const EVEN = 0.5;

function linkByIdentifiers(groups: PersonGroups, pairs: readonly WeighedPair[]): void {
  for (const pair of byIdentifier(pairs)) {
    const { sharedIdentifiers, vetoes } = pair.evidence;
    const [kind] = sharedIdentifiers;
    const refs = refsOf(pair);
    if (kind === undefined || groups.isKeptApart(refs)) continue;
    const [left, right] = [groups.of(pair.a.ref), groups.of(pair.b.ref)];
    const isAlone = sharedIdentifiers.length === 1 && saysSomebodyElse(pair);
    if (contradicts(sharedIdentifiers, vetoes)) groups.doubt(pair, EVEN, 'CONTRADICTION');
    // One number in common and nothing else, though both say who they mean: a husband's code on his wife's form.
    else if (isAlone && pair.household === 0) groups.doubt(pair, EVEN, 'IDENTIFIER_ALONE');
    else if (left === right || groups.mayJoin(left, right)) {
      const score = isAlone ? SAME_NUMBER_OTHER_NAME : SAME_NUMBER;
      groups.join({ refs, stage: 'IDENTIFIER', rule: kind, score });
    } else groups.doubt(pair, EVEN, 'CONTRADICTION');
  }
}

function linkByNames(
  groups: PersonGroups,
  pairs: readonly WeighedPair[],
  stages: ReadonlySet<Stage>,
  options: ResolveOptions,
): void {
  const named = pairs.filter(({ attributes }) => attributes !== null);
  const scorer = createPairScorer(named, groups.of, groups.mayJoin, options.priorOf);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let joined = 0;
    for (const { pair, score } of scorer.score()) {
      if (score < options.thresholds.link) break;
      const stage = stageOf(pair, options, score);
      const [left, right] = [groups.of(pair.a.ref), groups.of(pair.b.ref)];
      if (!stages.has(stage) || left === right || !groups.mayJoin(left, right)) continue;
      groups.join({ refs: refsOf(pair), stage, rule: ruleOf(pair, stage), score });
      joined += 1;
    }
    if (joined === 0) break;
  }
  for (const { pair, score } of scorer.score()) {
    if (score < options.thresholds.review) break;
    groups.doubt(pair, score, 'UNSURE');
  }
}

/** Both records say whom they mean, and it is not the same: a husband's code on his wife's form. */
function saysSomebodyElse({ a, b, evidence, attributes }: WeighedPair): boolean {
  if (a.attributes === null || b.attributes === null) return false;
  if (a.attributes.keyId !== b.attributes.keyId) return false;
  return evidence.date === null || (attributes ?? 0) < 0;
}

function stageOf(pair: WeighedPair, { priorOf, thresholds }: ResolveOptions, score: number): Stage {
  if (pair.evidence.skeletons.some((kind) => WHOLE_NAME_SKELETONS.includes(kind)))
    return 'SKELETON';
  if (pair.household === 0) return 'FILTER';
  const odds = Math.exp((pair.attributes ?? 0) + priorOf(pair.a.source, pair.b.source));
  return odds / (1 + odds) >= Math.min(score, thresholds.link) ? 'FILTER' : 'HOUSEHOLD';
}

function ruleOf(pair: WeighedPair, stage: Stage): string {
  if (stage === 'SKELETON') {
    return (
      WHOLE_NAME_SKELETONS.find((kind) => pair.evidence.skeletons.some((one) => one === kind)) ?? ''
    );
  }
  return pair.evidence.date ?? '';
}

/** Strongest kind first, more kinds before fewer. */
function byIdentifier(pairs: readonly WeighedPair[]): WeighedPair[] {
  const rank = (pair: WeighedPair): number =>
    Math.min(...pair.evidence.sharedIdentifiers.map((kind) => IDENTIFIER_KINDS.indexOf(kind)));
  return pairs
    .filter(({ evidence }) => evidence.sharedIdentifiers.length > 0)
    .sort(
      (x, y) =>
        rank(x) - rank(y) ||
        y.evidence.sharedIdentifiers.length - x.evidence.sharedIdentifiers.length ||
        weightOf(y) - weightOf(x) ||
        byRefs(x, y),
    );
}

/** Of two records with the same number, the one whose name and date agree goes first. */
function weightOf({ attributes, household }: WeighedPair): number {
  return (attributes ?? 0) + household;
}

function byRefs(x: PersonPair, y: PersonPair): number {
  return compare(x.a.ref, y.a.ref) || compare(x.b.ref, y.b.ref);
}

function byNames(
  x: { readonly refs: readonly [string, string] },
  y: { readonly refs: readonly [string, string] },
): number {
  return compare(nameOf(x.refs), nameOf(y.refs));
}

function compare(x: string, y: string): number {
  if (x === y) return 0;
  return x < y ? -1 : 1;
}
