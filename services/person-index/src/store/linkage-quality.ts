import { type Kysely, sql } from 'kysely';
import type { IndexDatabase } from './index-database.ts';
import type { Estimate, LinkageQuality } from './person-index-store.ts';

/**
 * Links that no stage finds, as a share of all true ones: measured on invented provinces whose truth is known
 * (`npm run bench:linkage`, the base model and the worst).
 */
const UNSEEN = { estimate: 0.01, low: 0.003, high: 0.03 } as const;

interface Sums {
  readonly links: number;
  readonly expected_wrong: number;
  readonly doubts: number;
  readonly expected_missed: number;
  readonly reviewed: number;
  readonly links_reviewed: number;
  readonly links_broken: number;
  readonly doubts_reviewed: number;
  readonly doubts_confirmed: number;
  readonly doubts_expected: number;
}

/** From the probabilities of the links and doubts, corrected by what reviewers found. */
export async function readLinkageQuality(db: Kysely<IndexDatabase>): Promise<LinkageQuality> {
  const { rows } = await sql<Sums>`
    SELECT link.*, doubt.*, decision.* FROM
      (SELECT count(*)::int AS links, coalesce(sum(1 - score), 0)::float AS expected_wrong
        FROM person_index.link) AS link,
      (SELECT count(*)::int AS doubts, coalesce(sum(score), 0)::float AS expected_missed
        FROM person_index.doubt) AS doubt,
      (SELECT count(*)::int AS reviewed,
        count(*) FILTER (WHERE was_linked)::int AS links_reviewed,
        count(*) FILTER (WHERE was_linked AND verdict = 'TWO_PEOPLE')::int AS links_broken,
        count(*) FILTER (WHERE NOT was_linked AND score IS NOT NULL)::int AS doubts_reviewed,
        count(*) FILTER (WHERE NOT was_linked AND score IS NOT NULL AND verdict = 'SAME_PERSON')::int
          AS doubts_confirmed,
        coalesce(sum(score) FILTER (WHERE NOT was_linked), 0)::float AS doubts_expected
        FROM person_index.decision) AS decision`.execute(db);
  const [sums] = rows;
  if (sums === undefined) throw new Error('A sum over no rows is a row');
  return {
    precision: precisionOf(sums),
    recall: recallOf(sums),
    links: sums.links,
    reviewQueue: sums.doubts,
    reviewed: sums.reviewed,
  };
}

/** Wrong links are expected by their own probabilities, and not fewer than the reviewers' sample shows. */
function precisionOf(sums: Sums): Estimate {
  if (sums.links === 0) return { estimate: 1, low: 0, high: 1 };
  const sampled = sums.links_reviewed === 0 ? 0 : sums.links_broken / sums.links_reviewed;
  const share = Math.max(sums.expected_wrong / sums.links, sampled);
  // Rare and independent: the interval of a Poisson count, with the sample's size where there is one.
  const observed = share * (sums.links_reviewed || sums.links);
  const size = sums.links_reviewed || sums.links;
  return interval(1 - share, 1 - (observed + 2 + 1.96 * Math.sqrt(observed + 1)) / size, 1);
}

/** Doubts count by their probability, or by how often reviewers confirmed such; the unseen by the calibration. */
function recallOf(sums: Sums): Estimate {
  if (sums.links === 0) return { estimate: 1, low: 0, high: 1 };
  const correction =
    sums.doubts_reviewed === 0 ? 1 : (sums.doubts_confirmed + 1) / (sums.doubts_expected + 1);
  const missed = Math.min(sums.doubts, sums.expected_missed * correction);
  const share = (inQueue: number, unseen: number): number =>
    (sums.links / (sums.links + inQueue)) * (1 - unseen);
  return interval(
    share(missed, UNSEEN.estimate),
    share(Math.max(missed, sums.doubts), UNSEEN.high),
    share(0, UNSEEN.low),
  );
}

function interval(estimate: number, low: number, high: number): Estimate {
  const rounded = (share: number): number =>
    Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 10_000;
  return { estimate: rounded(estimate), low: rounded(low), high: rounded(high) };
}
