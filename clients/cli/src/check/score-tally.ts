import { DEFAULT_THRESHOLDS, type LinkedPeople, type Stage } from '@tavolo/matching';

/** People of the file by how sure the link is; each band from its first number up to the next band. */
type Bands = Readonly<Record<string, number>>;

/** How the people of one file stand to those of another; `linked`, `toReview` and `alone` add up to all of them. */
export interface DryRunScore {
  /** Probability from which two records are linked, and from which somebody should look. */
  readonly thresholds: { readonly link: number; readonly review: number };
  readonly linked: {
    readonly people: number;
    /** By stage (what kind of evidence) and rule (which identifier, key or agreement of dates). */
    readonly byStage: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly confidence: Bands;
  };
  /** Not linked, and with one pair at least in the review queue. */
  readonly toReview: { readonly people: number; readonly confidence: Bands };
  /** All of the queue, pairs of people who are linked to somebody else too. */
  readonly reviewQueue: {
    readonly pairs: number;
    readonly byReason: Readonly<Record<string, number>>;
  };
  /** For whom two or more of the other file's people are in question. */
  readonly ambiguous: number;
  readonly alone: number;
}

export interface ScoreTally {
  add(outcome: Pick<LinkedPeople, 'links' | 'doubts'>): void;
  score(): DryRunScore;
}

const bandsFrom = [0.999, 0.99, DEFAULT_THRESHOLDS.link, 0.5, DEFAULT_THRESHOLDS.review, 0];

/** In the order in which they are tried; reviewers and former keys have no say in a dry run. */
const stages: readonly Stage[] = ['IDENTIFIER', 'SKELETON', 'FILTER', 'HOUSEHOLD'];

/** Counts for each of our people, `ours`, what became of them. */
export function createScoreTally(ours: ReadonlySet<string>): ScoreTally {
  const byStage = new Map<Stage, Map<string, number>>();
  const byReason = new Map<string, number>();
  const linked = new Map<string, number>();
  const doubted = new Map<string, number>();
  const inQuestion = new Map<string, Set<string>>();
  let pairs = 0;
  const ourOwn = ([one, other]: readonly [string, string]): string => {
    const [own, stranger] = ours.has(one) ? [one, other] : [other, one];
    inQuestion.set(own, (inQuestion.get(own) ?? new Set()).add(stranger));
    return own;
  };
  return {
    add({ links, doubts }) {
      for (const { refs, stage, rule, score } of links) {
        linked.set(ourOwn(refs), score);
        const rules = byStage.get(stage) ?? new Map<string, number>();
        byStage.set(stage, rules.set(rule, (rules.get(rule) ?? 0) + 1));
      }
      for (const { refs, score, reason } of doubts) {
        const own = ourOwn(refs);
        doubted.set(own, Math.max(doubted.get(own) ?? 0, score));
        byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
        pairs += 1;
      }
    },
    score() {
      const undecided = [...doubted].filter(([ref]) => !linked.has(ref));
      return {
        thresholds: DEFAULT_THRESHOLDS,
        linked: {
          people: linked.size,
          byStage: Object.fromEntries(
            stages.flatMap((stage) => {
              const rules = byStage.get(stage);
              return rules === undefined ? [] : [[stage, mostFirst(rules)]];
            }),
          ),
          confidence: inBands([...linked.values()]),
        },
        toReview: {
          people: undecided.length,
          confidence: inBands(undecided.map(([, score]) => score)),
        },
        reviewQueue: { pairs, byReason: mostFirst(byReason) },
        ambiguous: [...inQuestion.values()].filter(({ size }) => size > 1).length,
        alone: ours.size - linked.size - undecided.length,
      };
    },
  };
}

function mostFirst(counts: ReadonlyMap<string, number>): Record<string, number> {
  const ordered = [...counts].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  return Object.fromEntries(ordered);
}

function inBands(scores: readonly number[]): Bands {
  const counts = bandsFrom.map((from, place) => {
    const below = bandsFrom[place - 1] ?? Number.POSITIVE_INFINITY;
    const count = scores.filter((score) => score >= from && score < below).length;
    return [`from ${from}`, count] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
