import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { createPlannerThread } from '../executor/planning/planner.ts';
import { serveGraph } from './check-case.ts';
import type { StartFederation } from './federation.ts';
import { type CounterExample, readCounterExample } from './finding-text.ts';
import { ownFederation } from './own-federation.ts';
import { startStockFederation } from './stock-federation.ts';

const folder = new URL('./counter-examples/', import.meta.url);
const examples = readdirSync(folder).map((name) => ({
  name,
  // Written by whoever found it, in this form.
  ...(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as CounterExample),
}));
const planners = createPlannerThread({ timeoutMs: 10_000, onEnd: () => undefined });
afterAll(() => planners.close());

async function outcomeOf(example: CounterExample, start: StartFederation) {
  const { graph, question } = readCounterExample(example);
  const served = await serveGraph(graph, start);
  expect(served, 'the cut composes').toBeDefined();
  const outcome = await served?.ask(question);
  await served?.stop();
  return outcome;
}

const problemOf = async (example: CounterExample, start: StartFederation) =>
  (await outcomeOf(example, start))?.problem;

describe('What was answered wrongly once', () => {
  test.each(examples)('$promise', async (example) => {
    const outcome = await outcomeOf(example, ownFederation(planners));
    expect(outcome?.problem).toBeUndefined();
    expect(outcome?.limit).toBeUndefined();
  });
});

describe('The oracle sees a wrong answer', () => {
  test.each([
    ['argument-of-a-required-field.json', 'a wrong value'],
    ['two-arguments-of-a-required-field.json', 'a wrong value'],
  ])('of %s, which the stock gateway gives', async (name, problem) => {
    const example = examples.find((each) => each.name === name);
    expect(example && (await problemOf(example, startStockFederation))).toContain(problem);
  });
});
