import { z } from 'zod';

/** Under this many contributors nothing is ever published, whatever a configuration says. */
export const FLOOR = 3;

/** Dimensions that count in one figure: those grouped by, those filtered by and the period together. */
export const MAXIMUM_DIMENSIONS = 3;

/**
 * A count is published only when it is this much over its threshold once moved. Without it, who knows all but one of
 * a set would see it appear exactly when the one is there; with it that figure tells as little as any other.
 */
export const PUBLICATION_MARGIN = 2;

const atLeast = (least: number, rule: string) =>
  z
    .number()
    .int()
    .min(least, `${rule} is never less than ${least}`)
    .max(1_000, `${rule} is at most 1000`)
    .default(least);

/**
 * What a configuration may say: each rule only ever gets stricter, and an unknown one is refused, so that a rule
 * misspelt is not a rule forgotten.
 */
export const disclosureRules = z.strictObject({
  /** Contributors under which a figure is suppressed. */
  threshold: z
    .number()
    .int()
    .min(FLOOR, `threshold is never less than the floor of ${FLOOR}`)
    .max(1_000, 'threshold is at most 1000')
    .default(5),
  /** The same where a dimension or measure is declared sensitive. */
  sensitiveThreshold: atLeast(10, 'sensitiveThreshold'),
  minimumForMean: atLeast(8, 'minimumForMean'),
  minimumForQuantile: atLeast(10, 'minimumForQuantile'),
  /** Largest share of a sum that may come from one contributor. */
  dominance: z
    .number()
    .min(0.1, 'dominance is never less than 0.1')
    .max(0.5, 'dominance is never more than 0.5')
    .default(0.5),
});

export type DisclosureRules = z.infer<typeof disclosureRules>;

/** All problems at once, each naming its rule. */
export function readDisclosureRules(rules: z.input<typeof disclosureRules>): DisclosureRules {
  const read = disclosureRules.safeParse(rules);
  if (!read.success) {
    throw new Error(`Disclosure rules refused:\n${z.prettifyError(read.error)}`);
  }
  return Object.freeze(read.data);
}
