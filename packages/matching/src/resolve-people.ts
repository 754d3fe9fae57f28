import { IDENTIFIER_KINDS, type IdentifierKind } from '@tavolo/linkage';
import type { LinkablePerson } from './linkable-person.ts';
import type { PersonPair } from './people-graph.ts';

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

interface Group {
  readonly members: LinkablePerson[];
  readonly sources: Map<string, LinkablePerson>;
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
  pairs: readonly WeighedPair[],
  options: ResolveOptions,
): Resolution {
  const stages = options.stages ?? ALL_STAGES;
  const groupOf = new Map<string, Group>(
    people.map((person) => [
      person.ref,
      { members: [person], sources: new Map([[person.source, person]]) },
    ]),
  );
  const apart = new Set<string>();
  const pairOf = new Map(pairs.map((pair) => [nameOf(pair.a.ref, pair.b.ref), pair]));
  const links: Link[] = [];
  const doubts = new Map<string, Doubt>();

  const group = (ref: string): Group => {
    const found = groupOf.get(ref);
    if (found === undefined) throw new Error('A pair names a record that was not given');
    return found;
  };
  const mayJoin = (left: Group, right: Group): boolean =>
    ![...left.sources.keys()].some((source) => right.sources.has(source)) &&
    left.members.every((one) =>
      right.members.every(
        (other) => !apart.has(nameOf(one.ref, other.ref)) && !isVetoed(one, other),
      ),
    );
  const isVetoed = (one: LinkablePerson, other: LinkablePerson): boolean => {
    const evidence = pairOf.get(nameOf(one.ref, other.ref))?.evidence;
    return evidence !== undefined && contradicts(evidence.sharedIdentifiers, evidence.vetoes);
  };
  const join = (link: Link): void => {
    const [left, right] = [group(link.refs[0]), group(link.refs[1])];
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

  for (const { refs, verdict } of options.decisions) {
    if (verdict === 'TWO_PEOPLE') apart.add(nameOf(...refs));
  }
  for (const { refs, verdict } of options.decisions) {
    if (verdict !== 'SAME_PERSON' || !groupOf.has(refs[0]) || !groupOf.has(refs[1])) continue;
    const [left, right] = [group(refs[0]), group(refs[1])];
    if (left === right || ![...left.sources.keys()].some((one) => right.sources.has(one))) {
      join({ refs, stage: 'REVIEWER', rule: 'CONFIRMED', score: 1 });
    }
  }

  for (const { refs, score } of stages.has('CARRIED') ? options.carried : []) {
    if (!groupOf.has(refs[0]) || !groupOf.has(refs[1])) continue;
    const [left, right] = [group(refs[0]), group(refs[1])];
    if (left !== right && mayJoin(left, right))
      join({ refs, stage: 'CARRIED', rule: 'FORMER_KEY', score });
  }

  if (stages.has('IDENTIFIER')) {
    for (const pair of byIdentifier(pairs)) {
      const { sharedIdentifiers, vetoes, date } = pair.evidence;
      const [kind] = sharedIdentifiers;
      if (kind === undefined || apart.has(nameOf(...refsOf(pair)))) continue;
      const isAlone =
        sharedIdentifiers.length === 1 &&
        date === null &&
        pair.a.attributes !== null &&
        pair.b.attributes !== null;
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

  const unlinked = pairs.filter(({ attributes }) => attributes !== null);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const scored = scorePairs(unlinked, group, mayJoin, options);
    let joined = 0;
    for (const { pair, score, isSure } of scored) {
      if (!isSure) continue;
      const stage = stageOf(pair, options, score);
      if (!stages.has(stage)) continue;
      if (group(pair.a.ref) === group(pair.b.ref)) continue;
      if (!mayJoin(group(pair.a.ref), group(pair.b.ref))) continue;
      join({ refs: refsOf(pair), stage, rule: ruleOf(pair, stage), score });
      joined += 1;
    }
    if (joined === 0) break;
  }
  for (const { pair, score } of scorePairs(unlinked, group, mayJoin, options)) {
    if (score >= options.thresholds.review) doubt(pair, score, 'UNSURE');
  }
  return {
    groups: [...new Set(groupOf.values())].map(({ members }) => members.map(({ ref }) => ref)),
    links,
    doubts: [...doubts.values()].filter(({ refs }) => group(refs[0]) !== group(refs[1])),
  };
}

interface ScoredPair {
  readonly pair: WeighedPair;
  readonly score: number;
  readonly isSure: boolean;
}

/**
 * Probability of each pair that could still be joined, given who else could be meant: of two namesakes born on
 * one day neither is more than even.
 */
function scorePairs(
  pairs: readonly WeighedPair[],
  group: (ref: string) => Group,
  mayJoin: (left: Group, right: Group) => boolean,
  { priorOf, thresholds }: ResolveOptions,
): ScoredPair[] {
  const open = pairs.flatMap((pair) => {
    const [left, right] = [group(pair.a.ref), group(pair.b.ref)];
    return left === right || !mayJoin(left, right) ? [] : [{ pair, left, right }];
  });
  const weights = new Map<Group, Map<Group, number[]>>();
  for (const { pair, left, right } of open) {
    const weight = (pair.attributes ?? 0) + pair.household + priorOf(pair.a.source, pair.b.source);
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const of = weights.get(one) ?? new Map<Group, number[]>();
      of.set(other, [...(of.get(other) ?? []), weight]);
      weights.set(one, of);
    }
  }
  const oddsOf = (one: Group, other: Group): number =>
    Math.exp(pooled(weights.get(one)?.get(other) ?? []));
  const rivals = (of: Group, chosen: Group): number => {
    let total = 0;
    for (const other of weights.get(of)?.keys() ?? []) {
      if (other === chosen) continue;
      if ([...other.sources.keys()].some((source) => chosen.sources.has(source))) {
        total += oddsOf(of, other);
      }
    }
    return total;
  };
  return open
    .map(({ pair, left, right }) => {
      const odds = oddsOf(left, right);
      const score = odds / (1 + odds + rivals(left, right) + rivals(right, left));
      return { pair, score, isSure: score >= thresholds.link };
    })
    .sort(
      (x, y) =>
        y.score - x.score ||
        compare(x.pair.a.ref, y.pair.a.ref) ||
        compare(x.pair.b.ref, y.pair.b.ref),
    );
}

/** A third register's spelling says something new, but not much: namesakes are namesakes in every register. */
const SECOND_OPINION = 0.25;
const NEUTRAL = 5;

function pooled(weights: readonly number[]): number {
  const [first = Number.NEGATIVE_INFINITY, ...others] = [...weights].sort((x, y) => y - x);
  return (
    first +
    others.reduce((sum, weight) => sum + Math.max(-20, weight + NEUTRAL) * SECOND_OPINION, 0)
  );
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
        compare(x.a.ref, y.a.ref) ||
        compare(x.b.ref, y.b.ref),
    );
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
