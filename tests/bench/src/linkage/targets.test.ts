import { expect, it } from 'vitest';
import type { Quality } from './measure-quality.ts';
import { missedQuality } from './targets.ts';

function quality(
  model: string,
  people: number,
  found: { right: number; wrong: number; reviewed: number },
): Quality {
  const { right, wrong, reviewed } = found;
  const stage = { stage: 'last', truePairs: 10_000, right, wrong, queue: 0, queueTrue: 0 };
  return {
    model,
    people,
    records: 0,
    stages: [{ ...stage, stage: 'first', right: 0, wrong: 9_000 }, stage],
    rules: [],
    largestComponent: 1,
    review: { truePairs: 10_000, right: reviewed, wrong: 0, reviewed: 0, rounds: 1, left: 0 },
    blocking: null,
  };
}

const good = { right: 9_800, wrong: 5, reviewed: 9_960 };

it('holds the last stage of the base model to more than the harsher ones', () => {
  expect(missedQuality(quality('base', 2_000, good))).toEqual([]);
  const worse = { ...good, right: 9_600, wrong: 40 };
  expect(missedQuality(quality('base', 2_000, worse))).toEqual([
    expect.stringContaining('precision'),
    expect.stringContaining('recall 0.96'),
  ]);
  expect(missedQuality(quality('worst', 2_000, worse))).toEqual([]);
  expect(missedQuality(quality('mine.json', 2_000, worse))).toEqual([]);
});

it('wants nearly everybody found once every doubt is answered', () => {
  expect(missedQuality(quality('worst', 2_000, { ...good, reviewed: 9_900 }))).toEqual([
    expect.stringContaining('perfect review'),
  ]);
});

it('wants of a region only that precision does not fall', () => {
  const region = { ...good, right: 9_000, wrong: 17 };
  expect(missedQuality(quality('base', 100_000, region))).toEqual([]);
  expect(missedQuality(quality('base', 100_000, { ...region, wrong: 20 }))).toEqual([
    expect.stringContaining('precision'),
  ]);
});
