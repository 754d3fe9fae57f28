import type { z } from 'zod';
import { createDeviation } from './deviation.ts';
import type { Disclosure } from './disclosure.ts';
import { createCountProtection } from './protect-contributors.ts';
import { createEventsProtection } from './protect-events.ts';
import { createMeanProtection } from './protect-mean.ts';
import { createQuantileProtection } from './protect-quantile.ts';
import { createShareProtection } from './protect-share.ts';
import { type disclosureRules, readDisclosureRules } from './rules.ts';

/**
 * The one place where figures are protected. `secret` is the one the record keys were made with; rules that would
 * lower a floor are refused here, before anything is published.
 */
export function createDisclosure(
  rules: z.input<typeof disclosureRules>,
  secret: string,
): Disclosure {
  const inForce = readDisclosureRules(rules);
  const deviation = createDeviation(secret);
  const counts = createCountProtection(inForce, deviation);
  return Object.freeze({
    contributors: counts.cell,
    events: createEventsProtection(inForce, counts, deviation),
    share: createShareProtection(counts),
    mean: createMeanProtection(inForce, counts, deviation),
    quantile: createQuantileProtection(inForce, counts, deviation),
  });
}
