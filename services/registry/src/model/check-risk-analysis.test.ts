import { readFileSync } from 'node:fs';
import { sensitiveCategory } from '@tavolo/access-model';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { riskAnalysis as completeForm } from '../registry.fixture.ts';
import { checkRiskAnalysis } from './check-risk-analysis.ts';
import { riskAnalysis } from './risk-analysis.ts';

const row = z.strictObject({
  case: z.string(),
  /** Answers put into the complete form. */
  change: z.record(z.string(), z.unknown()).default({}),
  /** Answers taken out of it. */
  remove: z.array(z.string()).default([]),
  categories: z.array(sensitiveCategory).default([]),
  accepted: z.literal(true).optional(),
  /** Every field refused, and the rule. */
  refused: z.record(z.string(), z.string()).default({}),
});

const table = z
  .array(row)
  .parse(JSON.parse(readFileSync(new URL('risk-analysis-table.json', import.meta.url), 'utf8')));

it.each(table)('$case', ({ change, remove, categories, accepted, refused }) => {
  const answers = Object.entries({ ...completeForm(), ...change });
  const form = riskAnalysis.parse(
    Object.fromEntries(answers.filter(([field]) => !remove.includes(field))),
  );
  const problems = checkRiskAnalysis(form, categories);
  expect(Object.fromEntries(problems.map(({ field, rule }) => [field, rule]))).toEqual(refused);
  expect(problems.length === 0).toBe(accepted === true);
});
