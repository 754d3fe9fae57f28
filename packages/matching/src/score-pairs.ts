import { haveSourceInCommon, type MayJoin, type PersonGroup } from './person-group.ts';
import type { WeighedPair } from './resolution.ts';

export interface ScoredPair {
  readonly pair: WeighedPair;
  /** Probability, 0 to 1. */
  readonly score: number;
}

interface OpenPair {
  readonly pair: WeighedPair;
  readonly weight: number;
  left: PersonGroup;
  right: PersonGroup;
  /** Records in the two groups when they were last allowed to join: groups only grow. */
  records: number;
}

interface Relation {
  readonly weights: number[];
  odds: number;
}

/** Scores the pairs that can still be joined; a pair that no longer can is never looked at again. */
export interface PairScorer {
  /**
   * Probability of each pair, given who else could be meant: of two namesakes born on one day neither is more than
   * even. The surest first.
   */
  score(): ScoredPair[];
}

/** `pairs` in a fixed order: sums of fractions depend on it. */
export function createPairScorer(
  pairs: readonly WeighedPair[],
  group: (ref: string) => PersonGroup,
  mayJoin: MayJoin,
  priorOf: (a: string, b: string) => number,
): PairScorer {
  let open: OpenPair[] = pairs.map((pair) => ({
    pair,
    weight: (pair.attributes ?? 0) + pair.household + priorOf(pair.a.source, pair.b.source),
    left: group(pair.a.ref),
    right: group(pair.b.ref),
    records: 0,
  }));

  function isOpen(one: OpenPair): boolean {
    one.left = group(one.pair.a.ref);
    one.right = group(one.pair.b.ref);
    if (one.left === one.right) return false;
    const records = one.left.members.length + one.right.members.length;
    if (records === one.records) return true;
    one.records = records;
    return mayJoin(one.left, one.right);
  }

  return {
    score() {
      open = open.filter(isOpen);
      const relations = relate(open);
      return open
        .map(({ pair, left, right }) => {
          const odds = relations.get(left)?.get(right)?.odds ?? 0;
          const rivals = rivalOdds(relations, left, right) + rivalOdds(relations, right, left);
          return { pair, score: odds / (1 + odds + rivals) };
        })
        .sort(surestFirst);
    },
  };
}

type Relations = Map<PersonGroup, Map<PersonGroup, Relation>>;

function relate(open: readonly OpenPair[]): Relations {
  const relations: Relations = new Map();
  for (const { left, right, weight } of open) {
    const known = relations.get(left)?.get(right);
    if (known !== undefined) {
      known.weights.push(weight);
      continue;
    }
    const relation: Relation = { weights: [weight], odds: 0 };
    put(relations, left, right, relation);
    put(relations, right, left, relation);
  }
  for (const of of relations.values()) {
    for (const relation of of.values()) {
      if (relation.odds === 0)
        relation.odds = Math.exp(Math.min(pooled(relation.weights), MOST_LOG_ODDS));
    }
  }
  return relations;
}

/** Odds that `of` is somebody else of an institution that has a record in `chosen`. */
function rivalOdds(relations: Relations, of: PersonGroup, chosen: PersonGroup): number {
  let total = 0;
  for (const [other, { odds }] of relations.get(of) ?? []) {
    if (other !== chosen && haveSourceInCommon(other, chosen)) total += odds;
  }
  return total;
}

/** Beyond it odds would be infinite, and infinite odds divided by themselves are no number. */
const MOST_LOG_ODDS = 300;
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

function put(relations: Relations, of: PersonGroup, other: PersonGroup, relation: Relation): void {
  const held = relations.get(of);
  if (held === undefined) relations.set(of, new Map([[other, relation]]));
  else held.set(other, relation);
}

function surestFirst(x: ScoredPair, y: ScoredPair): number {
  return (
    y.score - x.score || compare(x.pair.a.ref, y.pair.a.ref) || compare(x.pair.b.ref, y.pair.b.ref)
  );
}

function compare(x: string, y: string): number {
  if (x === y) return 0;
  return x < y ? -1 : 1;
}
