import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareWithPrevious, isOfSmallNumbers, targetState } from './judge-figure.ts';
import { perturbed, published, suppressed } from './snapshot.fixture.ts';

describe('what may be said of a figure', () => {
  it('calls a target reached or missed only when it is so for every true figure within the bounds', () => {
    const figure = fc.record({
      value: fc.integer({ min: 0, max: 200 }),
      width: fc.integer({ min: 0, max: 20 }),
      target: fc.integer({ min: 0, max: 200 }),
      direction: fc.constantFrom('HIGHER_IS_BETTER', 'LOWER_IS_BETTER'),
    });
    fc.assert(
      fc.property(figure, ({ value, width, target, direction }) => {
        const reached = (truth: number): boolean =>
          direction === 'HIGHER_IS_BETTER' ? truth >= target : truth <= target;
        const ends = [reached(value - width), reached(value + width)];
        const expected = ends.every(Boolean)
          ? 'REACHED'
          : ends.some(Boolean)
            ? 'UNCERTAIN'
            : 'NOT_REACHED';
        expect(targetState(perturbed(value, width), target, direction)).toBe(expected);
      }),
    );
  });

  it('is that a figure withheld with a bound may still be known to reach its target', () => {
    const share = { ...suppressed, display: '>92%', lower: 0.92, upper: 1 };
    expect(targetState(share, 0.9, 'HIGHER_IS_BETTER')).toBe('REACHED');
    expect(targetState(share, 0.95, 'HIGHER_IS_BETTER')).toBe('UNCERTAIN');
    expect(targetState(perturbed(3), null, 'HIGHER_IS_BETTER')).toBe('NO_TARGET');
  });

  it('is no trend while the protection alone could have made the difference', () => {
    const { trend } = compareWithPrevious(
      perturbed(41, 2),
      perturbed(39, 2),
      'HIGHER_IS_BETTER',
      'EVENTS',
    );
    expect(trend).toBe('UNCERTAIN');
  });

  it('is unchanged when both figures are exact and equal, and uncertain when equal ones were moved', () => {
    const trendOf = (figure: Parameters<typeof compareWithPrevious>[0]) =>
      compareWithPrevious(figure, figure, 'HIGHER_IS_BETTER', 'COUNT').trend;
    expect(trendOf(published(3))).toBe('UNCHANGED');
    expect(trendOf(published(0))).toBe('UNCHANGED');
    expect(trendOf(perturbed(40))).toBe('UNCERTAIN');
  });

  it('is better or worse by the direction, and nothing beside a withheld figure', () => {
    const say = (
      now: number,
      before: number,
      direction: 'HIGHER_IS_BETTER' | 'LOWER_IS_BETTER' | 'NEUTRAL',
    ) => compareWithPrevious(perturbed(now), perturbed(before), direction, 'EVENTS').trend;
    expect(say(50, 40, 'HIGHER_IS_BETTER')).toBe('IMPROVED');
    expect(say(50, 40, 'LOWER_IS_BETTER')).toBe('WORSENED');
    expect(say(40, 50, 'LOWER_IS_BETTER')).toBe('IMPROVED');
    expect(say(50, 40, 'NEUTRAL')).toBe('CHANGED');
    expect(compareWithPrevious(suppressed, perturbed(40), 'NEUTRAL', 'EVENTS')).toEqual({
      difference: null,
      trend: 'NOT_COMPARABLE',
    });
  });

  it('is a warning where few are behind it', () => {
    expect(isOfSmallNumbers(suppressed)).toBe(true);
    expect(isOfSmallNumbers(perturbed(8, 2))).toBe(true);
    expect(isOfSmallNumbers(perturbed(80, 2))).toBe(false);
    expect(isOfSmallNumbers(published(1))).toBe(false);
  });
});
