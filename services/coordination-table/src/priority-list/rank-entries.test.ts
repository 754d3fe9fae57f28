import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrozenInputs, WeightedCriterion } from './priority-list-store.ts';
import { hashOfInputs, rankEntries } from './rank-entries.ts';
import { scoreOf } from './score.ts';

const monday = '2026-11-16';
const nobody: FrozenInputs = {
  waitingSince: monday,
  isVulnerable: false,
  isInReception: true,
  immediateReceptionSince: null,
  placesNeeded: 1,
  followedByCount: 4,
  hasReferencePerson: true,
  hasTutor: true,
};

const day = fc
  .integer({ min: Date.parse('2025-01-01'), max: Date.parse('2026-12-31') })
  .map((time) => new Date(time).toISOString().slice(0, 10));
const anyInputs: fc.Arbitrary<FrozenInputs> = fc.record({
  waitingSince: day,
  isVulnerable: fc.boolean(),
  isInReception: fc.boolean(),
  immediateReceptionSince: fc.option(day),
  placesNeeded: fc.integer({ min: 1, max: 12 }),
  followedByCount: fc.integer({ min: 0, max: 4 }),
  hasReferencePerson: fc.boolean(),
  hasTutor: fc.boolean(),
});
const ids = [
  'WAITING_WEEKS',
  'ART17_VULNERABILITY',
  'WITHOUT_RECEPTION',
  'IMMEDIATE_RECEPTION_ENDING',
  'HOUSEHOLD_SIZE',
  'NOT_FOLLOWED_BY',
  'NO_REFERENCE_PERSON',
  'NO_TUTOR',
] as const;
const points = fc.integer({ min: 0, max: 4_000 }).map((quarters) => quarters / 4);
const anyCriteria: fc.Arbitrary<WeightedCriterion[]> = fc
  .uniqueArray(fc.constantFrom(...ids), { minLength: 1 })
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map((id) => fc.record({ id: fc.constant(id), weight: points, cap: points })),
    ),
  );
const anyEntries = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 30 })
  .chain((codes) =>
    fc.tuple(...codes.map((code) => fc.record({ code: fc.constant(code), inputs: anyInputs }))),
  );
const tieBreak = fc.constantFrom('LONGEST_WAIT_THEN_LOT' as const, 'LOT' as const);

describe('the score', () => {
  it.each([
    ['WAITING_WEEKS', { waitingSince: '2026-11-03' }, '1', 3],
    ['WAITING_WEEKS', { waitingSince: '2026-11-20' }, '0', 0],
    ['WAITING_WEEKS', { waitingSince: '2020-01-01' }, '358', 30],
    ['ART17_VULNERABILITY', { isVulnerable: true }, 'YES', 3],
    ['WITHOUT_RECEPTION', { isInReception: false }, 'YES', 3],
    ['IMMEDIATE_RECEPTION_ENDING', { immediateReceptionSince: '2026-09-01' }, 'YES', 3],
    ['IMMEDIATE_RECEPTION_ENDING', { immediateReceptionSince: '2026-09-02' }, 'NO', 0],
    ['HOUSEHOLD_SIZE', { placesNeeded: 4 }, '3', 9],
    ['NOT_FOLLOWED_BY', { followedByCount: 2 }, '2', 6],
    ['NO_REFERENCE_PERSON', { hasReferencePerson: false }, 'YES', 3],
    ['NO_TUTOR', { hasTutor: true }, 'NO', 0],
  ] as const)('%s of %j counts %s: %d points', (id, changes, input, given) => {
    const inputs = { ...nobody, ...changes };
    expect(scoreOf(inputs, [{ id, weight: 3, cap: 30 }], monday)).toEqual({
      score: given,
      components: [{ criterion: id, input, points: given }],
    });
  });

  it('is the sum of its components, none above its cap and none below zero', () => {
    fc.assert(
      fc.property(anyInputs, anyCriteria, (inputs, criteria) => {
        const { score, components } = scoreOf(inputs, criteria, monday);
        expect(components).toHaveLength(criteria.length);
        expect(score).toBeCloseTo(
          components.reduce((sum, each) => sum + each.points, 0),
          6,
        );
        for (const [index, each] of components.entries()) {
          expect(each.points).toBeGreaterThanOrEqual(0);
          expect(each.points).toBeLessThanOrEqual(criteria[index]?.cap ?? 0);
        }
      }),
    );
  });

  it('does not say which vulnerability it is, nor whether somebody ascertained it', () => {
    const { components } = scoreOf(
      { ...nobody, isVulnerable: true },
      [{ id: 'ART17_VULNERABILITY', weight: 5, cap: 5 }],
      monday,
    );
    expect(components).toEqual([{ criterion: 'ART17_VULNERABILITY', input: 'YES', points: 5 }]);
  });
});

describe('the list', () => {
  it('is the same in whatever order the entries come', () => {
    fc.assert(
      fc.property(anyEntries, anyCriteria, tieBreak, fc.nat(), (entries, criteria, tie, turn) => {
        const rule = { criteria, tieBreak: tie };
        const at = entries.length === 0 ? 0 : turn % entries.length;
        const turned = [...entries.slice(at), ...entries.slice(0, at)].reverse();
        expect(rankEntries(turned, rule, monday)).toEqual(rankEntries(entries, rule, monday));
        expect(hashOfInputs(turned, 1, monday)).toBe(hashOfInputs(entries, 1, monday));
      }),
    );
  });

  it('ranks everybody once from 1 on, nobody before somebody with more points', () => {
    fc.assert(
      fc.property(anyEntries, anyCriteria, tieBreak, (entries, criteria, tie) => {
        const ranked = rankEntries(entries, { criteria, tieBreak: tie }, monday);
        expect(ranked.map(({ rank }) => rank)).toEqual(entries.map((_, index) => index + 1));
        for (const [index, { score }] of ranked.entries()) {
          expect(score).toBeLessThanOrEqual(ranked[index - 1]?.score ?? score);
        }
      }),
    );
  });

  it('between equal scores looks at the wait first where the criteria say so', () => {
    const entries = [
      { code: 'a', inputs: { ...nobody, waitingSince: '2026-11-02' } },
      { code: 'b', inputs: { ...nobody, waitingSince: '2026-10-01' } },
    ];
    const order = (tie: 'LONGEST_WAIT_THEN_LOT' | 'LOT') =>
      rankEntries(entries, { criteria: [], tieBreak: tie }, monday).map(({ code }) => code);
    expect(order('LONGEST_WAIT_THEN_LOT')).toEqual(['b', 'a']);
    expect(order('LOT')).toEqual(['a', 'b']);
  });

  it('has another hash when one thing it was made from is another', () => {
    const entries = [{ code: 'a', inputs: nobody }];
    const hash = hashOfInputs(entries, 1, monday);
    expect(hashOfInputs(entries, 2, monday)).not.toBe(hash);
    expect(hashOfInputs(entries, 1, '2026-11-23')).not.toBe(hash);
    expect(
      hashOfInputs([{ code: 'a', inputs: { ...nobody, hasTutor: false } }], 1, monday),
    ).not.toBe(hash);
    expect(hashOfInputs([{ code: 'b', inputs: nobody }], 1, monday)).not.toBe(hash);
  });
});
