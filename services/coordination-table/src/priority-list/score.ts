import type { PriorityCriterionId } from '../generated/resolver-types.ts';
import { daysBetween } from './iso-week.ts';
import type { FrozenInputs, ScoreComponent, WeightedCriterion } from './priority-list-store.ts';

/** Days after which an immediate reception of 90 is about to end. */
const endingAfterDays = 76;

/** How many institutions there are. */
const institutions = 4;

interface Counted {
  /** What is told of it. */
  readonly input: string;
  /** How many times the weight counts. */
  readonly units: number;
}

const countOf: Readonly<
  Record<PriorityCriterionId, (inputs: FrozenInputs, monday: string) => Counted>
> = {
  WAITING_WEEKS: ({ waitingSince }, monday) =>
    number(Math.floor(Math.max(0, daysBetween(waitingSince, monday)) / 7)),
  ART17_VULNERABILITY: ({ isVulnerable }) => yesOrNo(isVulnerable),
  WITHOUT_RECEPTION: ({ isInReception }) => yesOrNo(!isInReception),
  IMMEDIATE_RECEPTION_ENDING: ({ immediateReceptionSince }, monday) =>
    yesOrNo(
      immediateReceptionSince !== null &&
        daysBetween(immediateReceptionSince, monday) >= endingAfterDays,
    ),
  HOUSEHOLD_SIZE: ({ placesNeeded }) => number(placesNeeded - 1),
  NOT_FOLLOWED_BY: ({ followedByCount }) => number(institutions - followedByCount),
  NO_REFERENCE_PERSON: ({ hasReferencePerson }) => yesOrNo(!hasReferencePerson),
  NO_TUTOR: ({ hasTutor }) => yesOrNo(!hasTutor),
};

/** The score of an entry as of the week's Monday, and what it is made of, in the order of the criteria. */
export function scoreOf(
  inputs: FrozenInputs,
  criteria: readonly WeightedCriterion[],
  monday: string,
): { readonly score: number; readonly components: readonly ScoreComponent[] } {
  const components = criteria.map(({ id, weight, cap }): ScoreComponent => {
    const { input, units } = countOf[id](inputs, monday);
    return { criterion: id, input, points: toHundredths(Math.min(cap, weight * units)) };
  });
  const score = toHundredths(components.reduce((sum, { points }) => sum + points, 0));
  return { score, components };
}

function number(units: number): Counted {
  return { input: String(units), units };
}

function yesOrNo(answer: boolean): Counted {
  return { input: answer ? 'YES' : 'NO', units: answer ? 1 : 0 };
}

/** Sums of the same numbers are the same on every machine, and readable. */
function toHundredths(points: number): number {
  return Math.round(points * 100) / 100;
}
