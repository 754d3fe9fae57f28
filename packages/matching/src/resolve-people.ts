import { IDENTIFIER_KINDS, type IdentifierKind } from '@tavolo/linkage';
import type { LinkablePerson } from './linkable-person.ts';
import { compareIdentifiers } from './pair-evidence.ts';
import type { PersonPair } from './people-graph.ts';
import { haveSourceInCommon, type PersonGroup } from './person-group.ts';
import { createPairScorer } from './score-pairs.ts';

/** A pair with what its evidence weighs: see `weighAttributes` and `weighHousehold`. */
export interface WeighedPair extends PersonPair {
  /** Of names, dates, sex and citizenship; null = not compared. */
  readonly attributes: number | null;
  readonly household: number;
}

/** What a reviewer decided about two records; it outlives every new calculation. */
export interface Decision {
  readonly refs: readonly [string, string];
  readonly verdict: 'SAME_PERSON' | 'TWO_PEOPLE';
}

/** Which kind of evidence made a link; CARRIED = made before one of the two changed its linkage key. */
export type Stage = 'REVIEWER' | 'CARRIED' | 'IDENTIFIER' | 'SKELETON' | 'FILTER' | 'HOUSEHOLD';

/** A link made under a linkage key that one of the two no longer uses; nothing new can be said about it. */
export interface CarriedLink {
  readonly refs: readonly [string, string];
  readonly score: number;
}

/** Why two records are one person. */
export interface Link {
  readonly refs: readonly [string, string];
  readonly stage: Stage;
  /** Kind of identifier or skeleton key, where the stage has one. */
  readonly rule: string;
  /** Probability, 0 to 1. */
  readonly score: number;
}

/** A pair that is neither surely one person nor surely two. */
export interface Doubt {
  readonly refs: readonly [string, string];
  readonly score: number;
  readonly reason: 'UNSURE' | 'CONTRADICTION' | 'IDENTIFIER_ALONE';
}

export interface Resolution {
  /** Every record given is in exactly one group. */
  readonly groups: readonly (readonly string[])[];
  readonly links: readonly Link[];
  readonly doubts: readonly Doubt[];
}

export interface Thresholds {
  /** Probability from which two records are linked without anybody looking. */
  readonly link: number;
  /** Probability from which somebody should look. */
  readonly review: number;
}

export interface ResolveOptions {
  readonly thresholds: Thresholds;
  readonly decisions: readonly Decision[];
  readonly carried: readonly CarriedLink[];
  /** Logarithm of the odds that two records drawn from two institutions are one person. */
  readonly priorOf: (a: string, b: string) => number;
  /** Stages that may link; the others only count. For measuring what each adds. */
  readonly stages?: ReadonlySet<Stage>;
}

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
  const groupOf = new Map<string, PersonGroup>(
    people.map((person) => [
      person.ref,
      { members: [person], sources: new Map([[person.source, person]]) },
    ]),
  );
  const apart = new Set<string>();
  const pairOf = new Map(pairs.map((pair) => [nameOf(pair.a.ref, pair.b.ref), pair]));
  const links: Link[] = [];
  const linked = new Set<string>();
  const doubts = new Map<string, Doubt>();

  const group = (ref: string): PersonGroup => {
    const found = groupOf.get(ref);
    if (found === undefined) throw new Error('A pair names a record that was not given');
    return found;
  };
  const isApart = (left: PersonGroup, right: PersonGroup): boolean =>
    haveSourceInCommon(left, right) ||
    (apart.size > 0 &&
      left.members.some((one) =>
        right.members.some((other) => apart.has(nameOf(one.ref, other.ref))),
      ));
  const mayJoin = (left: PersonGroup, right: PersonGroup): boolean =>
    !isApart(left, right) &&
    left.members.every((one) => right.members.every((other) => !isVetoed(one, other)));
  const isVetoed = (one: LinkablePerson, other: LinkablePerson): boolean => {
    // Records that nothing proposed as a pair may still have identifiers that say "two people".
    const { sharedIdentifiers, vetoes } =
      pairOf.get(nameOf(one.ref, other.ref))?.evidence ??
      compareIdentifiers(one.identifiers, other.identifiers);
    return contradicts(sharedIdentifiers, vetoes);
  };
  const join = (link: Link): void => {
    const [left, right] = [group(link.refs[0]), group(link.refs[1])];
    // The first reason for a link is its strongest; a later one adds nothing.
    if (linked.has(nameOf(...link.refs))) return;
    linked.add(nameOf(...link.refs));
    links.push(link);
    if (left === right) return;
    for (const member of right.members) {
      left.members.push(member);
      left.sources.set(member.source, member);
      groupOf.set(member.ref, left);
    }
  };
  const doubt = (pair: WeighedPair, score: number, reason: Doubt['reason']): void => {
    const refs = refsOf(pair);
    doubts.set(nameOf(...refs), { refs, score, reason });
  };

  const decisions = [...options.decisions].sort(byNames);
  for (const { refs, verdict } of decisions) {
    if (verdict === 'TWO_PEOPLE') apart.add(nameOf(...refs));
  }
  for (const { refs, verdict } of decisions) {
    if (verdict !== 'SAME_PERSON' || !groupOf.has(refs[0]) || !groupOf.has(refs[1])) continue;
    const [left, right] = [group(refs[0]), group(refs[1])];
    // Where reviewers contradict each other, two people stay two.
    if (left === right || !isApart(left, right)) {
      join({ refs, stage: 'REVIEWER', rule: 'CONFIRMED', score: 1 });
    }
  }

  for (const { refs, score } of stages.has('CARRIED') ? [...options.carried].sort(byNames) : []) {
    if (!groupOf.has(refs[0]) || !groupOf.has(refs[1])) continue;
    const [left, right] = [group(refs[0]), group(refs[1])];
    if (left !== right && mayJoin(left, right))
      join({ refs, stage: 'CARRIED', rule: 'FORMER_KEY', score });
  }

  if (stages.has('IDENTIFIER')) {
    for (const pair of byIdentifier(pairs)) {
      const { sharedIdentifiers, vetoes } = pair.evidence;
      const [kind] = sharedIdentifiers;
      if (kind === undefined || apart.has(nameOf(...refsOf(pair)))) continue;
      const isAlone = sharedIdentifiers.length === 1 && saysSomebodyElse(pair);
      if (contradicts(sharedIdentifiers, vetoes)) doubt(pair, 0.5, 'CONTRADICTION');
      // One number in common and nothing else, though both say who they mean: a husband's code on his wife's form.
      else if (isAlone && pair.household === 0) doubt(pair, 0.5, 'IDENTIFIER_ALONE');
      else if (
        group(pair.a.ref) === group(pair.b.ref) ||
        mayJoin(group(pair.a.ref), group(pair.b.ref))
      ) {
        join({
          refs: refsOf(pair),
          stage: 'IDENTIFIER',
          rule: kind,
          score: isAlone ? 0.97 : 0.9999,
        });
      } else doubt(pair, 0.5, 'CONTRADICTION');
    }
  }

  const scorer = createPairScorer(
    pairs.filter(({ attributes }) => attributes !== null),
    group,
    mayJoin,
    options.priorOf,
  );
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let joined = 0;
    for (const { pair, score } of scorer.score()) {
      if (score < options.thresholds.link) break;
      const stage = stageOf(pair, options, score);
      if (!stages.has(stage)) continue;
      const [left, right] = [group(pair.a.ref), group(pair.b.ref)];
      if (left === right || !mayJoin(left, right)) continue;
      join({ refs: refsOf(pair), stage, rule: ruleOf(pair, stage), score });
      joined += 1;
    }
    if (joined === 0) break;
  }
  for (const { pair, score } of scorer.score()) {
    if (score < options.thresholds.review) break;
    doubt(pair, score, 'UNSURE');
  }
  return {
    groups: [...new Set(groupOf.values())].map(({ members }) => members.map(({ ref }) => ref)),
    links,
    doubts: [...doubts.values()].filter(({ refs }) => group(refs[0]) !== group(refs[1])),
  };
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

/** Fingerprints outweigh papers: several codici fiscali may belong to one CUI. */
function contradicts(
  shared: readonly IdentifierKind[],
  vetoes: readonly IdentifierKind[],
): boolean {
  return vetoes.length > 0 && !(shared.includes('CUI') && !vetoes.includes('CUI'));
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
  return compare(nameOf(...x.refs), nameOf(...y.refs));
}

function refsOf({ a, b }: PersonPair): readonly [string, string] {
  return [a.ref, b.ref];
}

function nameOf(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

function compare(x: string, y: string): number {
  if (x === y) return 0;
  return x < y ? -1 : 1;
}
