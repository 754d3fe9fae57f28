import type { Figure } from '../figure.ts';
import type { Quality } from './measure-quality.ts';
import { precisionOf, recallOf } from './score-groups.ts';

/** What a model is held to; undefined = nothing was promised. */
interface QualityTarget {
  readonly precision: number;
  readonly recall: number | undefined;
  /** With every doubt answered rightly. */
  readonly reviewedRecall: number;
}

const base: QualityTarget = { precision: 0.999, recall: 0.97, reviewedRecall: 0.995 };
const harsher: QualityTarget = { precision: 0.995, recall: 0.95, reviewedRecall: 0.995 };
const large: QualityTarget = { precision: 0.998, recall: undefined, reviewedRecall: 0.995 };

/** Up to so many people the base model's targets hold; above, only that precision does not fall. */
const LARGE_FROM = 50_000;
/** The full match of a province of this size has a time and a memory to keep. */
const PROVINCE = 20_000;

export function qualityTarget(model: string, people: number): QualityTarget {
  if (model !== 'base') return harsher;
  return people >= LARGE_FROM ? large : base;
}

type SpeedTarget = Pick<Figure, 'target'>;

export function speedTargets(people: number): {
  readonly encoding: SpeedTarget;
  readonly match: SpeedTarget;
  readonly memory: SpeedTarget;
  readonly enrolment: SpeedTarget;
} {
  const isProvince = people <= PROVINCE;
  return {
    encoding: { target: { value: 5_000, is: 'at least' } },
    match: isProvince ? { target: { value: 120, is: 'at most' } } : {},
    memory: isProvince ? { target: { value: 1_024, is: 'at most' } } : {},
    enrolment: { target: { value: 50, is: 'at most' } },
  };
}

/** A sentence for each target of quality that was missed. */
export function missedQuality({ model, people, stages, review }: Quality): string[] {
  const target = qualityTarget(model, people);
  const last = stages.at(-1);
  if (last === undefined) throw new Error('Nothing was linked');
  const held: readonly (readonly [string, number, number | undefined])[] = [
    ['precision', precisionOf(last), target.precision],
    ['recall', recallOf(last), target.recall],
    ['recall with perfect review', recallOf(review), target.reviewedRecall],
  ];
  return held.flatMap(([name, value, least]) =>
    least === undefined || value >= least
      ? []
      : [`${model}, ${people} people: ${name} ${value.toFixed(5)}, at least ${least} wanted`],
  );
}
