import { assert as assertProperty, asyncProperty } from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createPlannerThread } from '../executor/planning/planner.ts';
import { CaseArbitrary } from './case-arbitrary.ts';
import { describeFinding } from './finding-text.ts';
import { createOracle } from './oracle.ts';
import { ownFederation } from './own-federation.ts';

const planners = createPlannerThread({ timeoutMs: 10_000, onEnd: () => undefined });
afterAll(() => planners.close());

test.each([
  { promise: 'A cut graph answers as the whole one does', seed: 2, faultyRuns: 0, questions: 10 },
  { promise: 'A failure costs what depended on it', seed: 2, faultyRuns: 3, questions: 4 },
])(
  '$promise',
  async ({ seed, faultyRuns, questions }) => {
    const oracle = createOracle(ownFederation(planners));
    const property = asyncProperty(new CaseArbitrary({ questions, faultyRuns }), async (drawn) => {
      const finding = await oracle.check(drawn, () => true);
      if (finding) throw new Error(describeFinding(finding));
    });
    await assertProperty(property, { seed, numRuns: 10 });
    await oracle.stop();
    expect(oracle.counts.cases).toBeGreaterThanOrEqual(100);
    // Nobody waits so long but who has a counter-example shrunk.
  },
  300_000,
);
