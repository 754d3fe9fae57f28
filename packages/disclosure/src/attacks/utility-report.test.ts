import { describe, expect, it } from 'vitest';
import { utilityOf } from './utility-report.ts';

describe('what protection leaves of the figures at the scale of the demo', () => {
  it('shows every district, and every district in a year, of 1,500 people within a few people', () => {
    for (const names of [['district'], ['district', 'year']]) {
      const utility = utilityOf(1_500, names, 4);
      expect(utility.suppressed).toBeLessThan(0.02);
      expect(utility.deviation).toBeLessThan(2);
      expect(utility.hellinger).toBeLessThan(0.05);
    }
  });

  it('shows most immediate receptions by district or by year, and fewer by both', () => {
    expect(utilityOf(198, ['district'], 4).suppressed).toBe(0);
    expect(utilityOf(198, ['year'], 4).suppressed).toBe(0);
    const both = utilityOf(198, ['district', 'year'], 8);
    expect(both.suppressed).toBeGreaterThan(0.2);
    expect(both.peopleHidden).toBeLessThan(0.4);
  });
});
