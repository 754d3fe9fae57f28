import type { Origin } from '../origins.ts';
import type { Random } from '../random.ts';
import type { WorldParameters } from '../world-parameters.ts';

export interface Composition {
  readonly origin: Origin;
  readonly isUnaccompanied: boolean;
  readonly singleParent: boolean;
  readonly specialCare: boolean;
  readonly members: readonly { readonly sex: 'F' | 'M'; readonly ageAtArrival: number }[];
}

const householdSizes = [
  [2, 35],
  [3, 30],
  [4, 20],
  [5, 10],
  [6, 5],
] as const;
const meanHouseholdSize = 3.2;
/** Countries from which women and children come alone or ahead of the men. */
const mostlyFamilies = new Set(['UA', 'SY', 'AF', 'IQ', 'CO', 'NG', 'CI', 'GE']);

/** Draws who lives together: someone alone, an unaccompanied minor, one parent or two with children. */
export function drawComposition(
  random: Random,
  parameters: WorldParameters,
  atMost: number,
): Composition {
  const origin = random.weighted(
    parameters.origins.map((origin) => [origin, origin.weight] as const),
  );
  const share = parameters.inHouseholds;
  // From the share of people to the share of households: several people arrive with each larger one.
  const together = share / (meanHouseholdSize - share * (meanHouseholdSize - 1));
  const likely = mostlyFamilies.has(origin.citizenship) ? 1.6 : 0.6;
  const size = random.chance(together * likely) ? random.weighted(householdSizes) : 1;
  if (size === 1 || atMost === 1) return drawAlone(random, parameters, origin);
  const people = Math.min(size, atMost);
  const singleParent = random.chance(0.4) || people === 2 ? random.chance(0.85) : false;
  const adults = singleParent ? 1 : 2;
  return {
    origin,
    isUnaccompanied: false,
    singleParent,
    specialCare: random.chance(0.03),
    members: Array.from({ length: people }, (_, index) => ({
      sex: sexInHousehold(random, index, singleParent),
      ageAtArrival: index < adults ? adultAge(random) : random.integer(0, 16),
    })),
  };
}

function drawAlone(random: Random, parameters: WorldParameters, origin: Origin): Composition {
  const isUnaccompanied = random.chance(parameters.unaccompaniedMinors);
  return {
    origin,
    isUnaccompanied,
    singleParent: false,
    specialCare: !isUnaccompanied && random.chance(0.04),
    members: [
      {
        sex: random.chance(isUnaccompanied ? 0.92 : 0.83) ? 'M' : 'F',
        ageAtArrival: isUnaccompanied ? random.integer(15, 16) : adultAge(random),
      },
    ],
  };
}

function sexInHousehold(random: Random, index: number, singleParent: boolean): 'F' | 'M' {
  if (index === 0) return singleParent && random.chance(0.9) ? 'F' : 'M';
  if (index === 1 && !singleParent) return 'F';
  return random.chance(0.5) ? 'F' : 'M';
}

function adultAge(random: Random): number {
  if (random.chance(0.015)) return random.integer(65, 79);
  return Math.min(64, 18 + Math.floor(random.logNormal(9, 0.7)));
}
