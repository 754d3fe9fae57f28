import { describe, expect, it } from 'vitest';
import { createDisclosure } from './create-disclosure.ts';
import { describeRules } from './describe-rules.ts';

const SECRET = 'an invented secret for tests of disclosure control';
const ordinary = { sensitivity: 'ORDINARY' } as const;

describe('the rules of disclosure', () => {
  it('refuse every way below a floor at the start, all at once, naming each rule', () => {
    const refused = () =>
      createDisclosure(
        {
          threshold: 2,
          sensitiveThreshold: 9,
          minimumForMean: 7,
          minimumForQuantile: 9,
          dominance: 0.9,
        },
        SECRET,
      );
    for (const rule of [
      'threshold is never less than the floor of 3',
      'sensitiveThreshold is never less than 10',
      'minimumForMean is never less than 8',
      'minimumForQuantile is never less than 10',
      'dominance is never more than 0.5',
    ]) {
      expect(refused).toThrow(rule);
    }
  });

  it('refuse a threshold that is not a whole number', () => {
    for (const threshold of [Number.NaN, Number.POSITIVE_INFINITY, 4.5, -1, 0]) {
      expect(() => createDisclosure({ threshold }, SECRET)).toThrow('threshold');
    }
  });

  it('refuse what they do not know: a rule misspelt is not a rule forgotten', () => {
    // JSON, as a configuration file would bring it, past the compiler.
    const misspelt = JSON.parse('{"treshold":10}') as object;
    expect(() => createDisclosure(misspelt, SECRET)).toThrow('treshold');
  });

  it('refuse a secret that could be found by trying', () => {
    expect(() => createDisclosure({}, 'short')).toThrow('at least 32 characters');
  });

  it('can be published whole, without the secret', () => {
    const text = JSON.stringify(describeRules({ threshold: 7 }));
    expect(JSON.parse(text)).toMatchObject({ floor: 3, threshold: 7, maximumDimensions: 3 });
    expect(text).not.toContain(SECRET);
  });
});

describe('figures that cannot be', () => {
  const disclosure = createDisclosure({}, SECRET);
  const of = { count: 123_457, key: 7 };

  it('are refused rather than published, and the refusal names no number of the data', () => {
    const refusals = [
      () => disclosure.contributors({ count: 123_457.5, key: 7 }, ordinary),
      () => disclosure.contributors({ count: -123_457, key: 7 }, ordinary),
      () => disclosure.contributors({ count: 123_457, key: 2 ** 32 }, ordinary),
      () => disclosure.contributors(of, { ...ordinary, ownerThreshold: Number.NaN }),
      () => disclosure.events(of, { events: 123_456, largest: 2 }, ordinary),
      () => disclosure.share({ count: 123_458, key: 1 }, of, ordinary),
      () => disclosure.mean(of, { sum: Number.NaN, largest: [1, 1], step: 1 }, ordinary),
      () => disclosure.mean(of, { sum: 123_457, largest: [], step: 1 }, ordinary),
      () => disclosure.quantile(of, { percent: 50, around: [123_457], step: 1 }, ordinary),
      () => disclosure.quantile(of, { percent: 50, around: [5, 4, 3, 2, 1], step: 1 }, ordinary),
    ];
    for (const refusal of refusals) {
      expect(refusal).toThrow(/^(?!.*12345)/u);
    }
  });
});

describe('one contributor who makes most of a figure', () => {
  const disclosure = createDisclosure({}, SECRET);
  const of = { count: 60, key: 99 };

  it('hides the events', () => {
    expect(disclosure.events(of, { events: 200, largest: 101 }, ordinary).display).toBe(
      'confidential',
    );
    expect(disclosure.events(of, { events: 200, largest: 100 }, ordinary).value).not.toBeNull();
  });

  it('hides the mean, alone or with the next largest', () => {
    const mean = (largest: readonly number[]) =>
      disclosure.mean(of, { sum: 1_000, largest, step: 1 }, ordinary).value;
    expect(mean([501, 10])).toBeNull();
    expect(mean([400, 400])).toBeNull();
    expect(mean([300, 300])).not.toBeNull();
  });

  it('hides a mean of zeroes, which would be everybody’s value', () => {
    expect(disclosure.mean(of, { sum: 0, largest: [0, 0], step: 1 }, ordinary).value).toBeNull();
  });
});

describe('a share with one side too small to show', () => {
  it('says which side from the published whole alone', () => {
    const disclosure = createDisclosure({}, SECRET);
    const whole = { count: 200, key: 5 };
    const most = disclosure.share({ count: 198, key: 1 }, whole, ordinary);
    const few = disclosure.share({ count: 2, key: 2 }, whole, ordinary);
    expect(most).toMatchObject({ value: null, status: 'SUPPRESSED_PRIMARY', upper: 1 });
    expect(most.display).toMatch(/^>9\d/u);
    expect(few).toMatchObject({ value: null, status: 'SUPPRESSED_PRIMARY', lower: 0 });
    expect(few.display).toMatch(/^<\d/u);
  });
});

describe('a figure that only the arithmetic of the computer made different', () => {
  it('is the same mean', () => {
    const disclosure = createDisclosure({}, SECRET);
    const mean = (sum: number) =>
      disclosure.mean({ count: 60, key: 3 }, { sum, largest: [9.1, 8.2], step: 0.001 }, ordinary);
    expect(mean(300.1)).toEqual(mean(300.1 + 1e-13));
  });
});
