import { z } from 'zod';

/** Special categories (arts. 9 and 10 GDPR, and minors) as `@sensitive(category:)` names them. */
export const sensitiveCategories = [
  'HEALTH',
  'VIOLENCE_TRAFFICKING',
  'SEXUAL_LIFE_ORIENTATION',
  'ETHNIC_RELIGION',
  'JUDICIAL',
  'MINOR',
] as const;

export const sensitiveCategory = z.enum(sensitiveCategories);
export type SensitiveCategory = z.infer<typeof sensitiveCategory>;
