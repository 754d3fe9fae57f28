import type { Disclosure } from '../disclosure.ts';
import type { Inhabitant } from './province.fixture.ts';
import { contributors, rulesOf } from './tables.fixture.ts';

/** The mean as the analysis asks for it. */
export function meanHours(people: readonly Inhabitant[], disclosure: Disclosure): number | null {
  const hours = people.map((person) => person.hours).sort((one, other) => other - one);
  return disclosure.mean(
    contributors(people),
    { sum: hours.reduce((sum, one) => sum + one, 0), largest: hours.slice(0, 5), step: 1 },
    rulesOf([]),
  ).value;
}

/** One person's value out of the mean with and the mean without them; the attacker even knows the true counts. */
export function valueFromTwoMeans(
  target: Inhabitant,
  others: readonly Inhabitant[],
  disclosure: Disclosure,
): number | null {
  const withThem = meanHours([target, ...others], disclosure);
  const without = meanHours(others, disclosure);
  if (withThem === null || without === null) return null;
  return withThem * (others.length + 1) - without * others.length;
}
