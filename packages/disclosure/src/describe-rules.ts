import type { z } from 'zod';
import { SUM_MULTIPLIER } from './magnitude.ts';
import { perturbationTable } from './perturbation-table.ts';
import {
  type disclosureRules,
  FLOOR,
  MAXIMUM_DIMENSIONS,
  PUBLICATION_MARGIN,
  readDisclosureRules,
} from './rules.ts';

/** The rules in force as plain JSON, to publish beside the figures: the method hides nothing but the secret. */
export function describeRules(rules: z.input<typeof disclosureRules>) {
  return {
    method: 'cell-key method; record keys HMAC-SHA-256, one figure for one set',
    floor: FLOOR,
    ...readDisclosureRules(rules),
    publicationMargin: PUBLICATION_MARGIN,
    maximumDimensions: MAXIMUM_DIMENSIONS,
    sumMultiplier: SUM_MULTIPLIER,
    perturbationTable,
  };
}
