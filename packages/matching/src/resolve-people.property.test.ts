import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolvePeople } from './resolve-people.ts';
import { OPTIONS, pair, person, together } from './weighed-pairs.fixture.ts';

describe('whatever the evidence', () => {
  const refs = ['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1', 'c2', 'd1'];
  const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 14 });
  const two = fc
    .tuple(fc.constantFrom(...refs), fc.constantFrom(...refs))
    .filter(([one, other]) => one < other && one.charAt(0) !== other.charAt(0));
  const weight = fc.oneof(fc.constant(null), fc.integer({ min: -5, max: 20 }));
  const kinds = fc.subarray(['CUI', 'STP', 'CODICE_FISCALE'] as const, { maxLength: 2 });
  const world = fc.record({
    pairs: some(fc.tuple(two, weight, kinds, kinds)),
    decisions: some(fc.tuple(two, fc.constantFrom('SAME_PERSON' as const, 'TWO_PEOPLE' as const))),
    order: fc.infiniteStream(fc.nat()),
  });

  it('one record of an institution in a person, two people apart, and the order is no difference', () => {
    fc.assert(
      fc.property(world, ({ pairs, decisions, order }) => {
        const people = new Map(refs.map((ref) => [ref, person(ref)]));
        const known = new Map(
          pairs.map(([[one, other], attributes, shared, vetoes]) => {
            const [left, right] = [
              people.get(one) ?? person(one),
              people.get(other) ?? person(other),
            ];
            const evidence = {
              sharedIdentifiers: shared,
              vetoes: vetoes.filter((kind) => !shared.includes(kind)),
            };
            return [`${one}${other}`, pair(left, right, attributes, evidence)];
          }),
        );
        const said = decisions.map(([[one, other], verdict]) => ({
          refs: [one, other] as const,
          verdict,
        }));
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((one) => ({ one, at: Number(order.next().value) }))
            .sort((x, y) => x.at - y.at)
            .map(({ one }) => one);
        const first = resolvePeople([...people.values()], [...known.values()], {
          ...OPTIONS,
          decisions: said,
        });
        const second = resolvePeople(
          shuffled([...people.values()]),
          shuffled([...known.values()]),
          {
            ...OPTIONS,
            decisions: shuffled(said),
          },
        );
        expect(together(second.groups)).toBe(together(first.groups));
        expect(second.links).toEqual(first.links);
        expect(second.doubts).toEqual(first.doubts);
        expect(first.groups.flat().sort()).toEqual(refs);
        for (const group of first.groups) {
          expect(new Set(group.map((ref) => ref.charAt(0))).size).toBe(group.length);
          for (const { refs: both, verdict } of said) {
            if (verdict === 'TWO_PEOPLE')
              expect(both.every((ref) => group.includes(ref))).toBe(false);
          }
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
