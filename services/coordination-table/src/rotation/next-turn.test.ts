import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairSharesOf } from './fair-shares.ts';
import { nextMunicipality, orderOfTurns } from './next-turn.ts';
import type { DomicileRuleRow, TurnCount, WeightedMunicipality } from './rotation-store.ts';

const codeOf = (index: number) => String(34001 + index).padStart(6, '0');

function weighted(populations: readonly number[]): WeightedMunicipality[] {
  const total = populations.reduce((sum, each) => sum + each, 0);
  return populations.map((population, index) => ({
    istatCode: codeOf(index),
    population,
    share: population / total,
  }));
}

function ruleOf(
  version: number,
  municipalities: readonly WeightedMunicipality[],
  changes: Partial<DomicileRuleRow> = {},
): DomicileRuleRow {
  return {
    version,
    kind: 'BY_POPULATION',
    adoptedOn: '2026-01-01',
    validFrom: `2026-0${version}-01`,
    answerDays: 7,
    municipalities,
    merged: [],
    ...changes,
  };
}

/** Gives turns one after the other, as the service does; `skips` says who passes a turn on. */
function give(
  rules: readonly DomicileRuleRow[],
  rule: DomicileRuleRow,
  turns: number,
  before: readonly TurnCount[] = [],
  skips: (istatCode: string, turn: number) => boolean = () => false,
): TurnCount[] {
  const counts = [...before];
  const count = (istatCode: string, taken: number, skipped: number) =>
    counts.push({ ruleVersion: rule.version, year: 2026, istatCode, taken, skipped });
  for (let turn = 0; turn < turns; turn += 1) {
    const passedBy = new Map<string, number>();
    const deficits = deficitsOf(rules, counts);
    let given = nextMunicipality(rule.municipalities, deficits, passedBy);
    while (skips(given, turn) && passedBy.size < rule.municipalities.length) {
      count(given, 0, 1);
      passedBy.set(given, (passedBy.get(given) ?? 0) + 1);
      given = nextMunicipality(rule.municipalities, deficits, passedBy);
    }
    count(given, 1, 0);
  }
  return counts;
}

const deficitsOf = (rules: readonly DomicileRuleRow[], counts: readonly TurnCount[]) =>
  new Map(
    fairSharesOf(rules, counts, 2026, '2026-12-31').map(({ istatCode, deficit }) => [
      istatCode,
      deficit,
    ]),
  );

const populations = fc.array(fc.integer({ min: 500, max: 200_000 }), {
  minLength: 2,
  maxLength: 20,
});

describe('whose turn it is', () => {
  it('nobody is ever a whole turn from its fair share, whatever the populations', () => {
    fc.assert(
      fc.property(populations, fc.integer({ min: 1, max: 120 }), (each, turns) => {
        const rule = ruleOf(1, weighted(each));
        for (const deficit of deficitsOf([rule], give([rule], rule, turns)).values()) {
          expect(Math.abs(deficit)).toBeLessThan(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('with equal turns everybody has one before anybody has two, in the order of the codes', () => {
    const rule = ruleOf(1, weighted([1, 1, 1, 1, 1]), { kind: 'EQUAL_TURNS' });
    const order = orderOfTurns(
      rule.municipalities,
      new Map(),
      { position: 1, passedBy: new Map(), givenAfter: new Set() },
      10,
    );
    const round = [0, 1, 2, 3, 4].map(codeOf);
    expect(order.map(({ istatCode }) => istatCode)).toEqual([...round, ...round]);
  });

  it('the announced order is the order in which turns are given when nobody skips', () => {
    fc.assert(
      fc.property(populations, fc.integer({ min: 0, max: 30 }), (each, given) => {
        const rule = ruleOf(1, weighted(each));
        const counts = give([rule], rule, given);
        const open = { position: given + 1, passedBy: new Map(), givenAfter: new Set<number>() };
        const announced = orderOfTurns(
          rule.municipalities,
          deficitsOf([rule], counts),
          open,
          12,
        ).map(({ istatCode }) => istatCode);
        const after = give([rule], rule, 12, counts)
          .slice(given)
          .map(({ istatCode }) => istatCode);
        expect(after).toEqual(announced);
      }),
      { numRuns: 40 },
    );
  });

  it('a skipped turn stays owed: who skipped has its next turn no later than before', () => {
    const rule = ruleOf(1, weighted([1, 1, 1, 1]));
    const skipper = codeOf(0);
    const counts = give([rule], rule, 3, [], (code, turn) => code === skipper && turn < 3);
    const shares = fairSharesOf([rule], counts, 2026, '2026-12-31');
    expect(shares[0]).toMatchObject({ actual: 0, skipped: 3, deficit: 0.75 });
    expect(nextMunicipality(rule.municipalities, deficitsOf([rule], counts))).toBe(skipper);
  });

  it('who skipped for a time makes up for it once it answers, and the accounts still sum up to nothing', () => {
    fc.assert(
      fc.property(populations, fc.nat(), fc.integer({ min: 1, max: 60 }), (each, pick, turns) => {
        const rule = ruleOf(1, weighted(each));
        const skipper = codeOf(pick % each.length);
        const skipped = give([rule], rule, turns, [], (code) => code === skipper);
        const owed = deficitsOf([rule], skipped).get(skipper) ?? 0;
        // As long as it owes a whole turn and more, each turn is its own.
        const back = give([rule], rule, Math.ceil(owed) * 4, skipped);
        expect(deficitsOf([rule], back).get(skipper) ?? 0).toBeLessThan(Math.max(1, owed));
        const sum = [...deficitsOf([rule], back).values()].reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(0, 6);
      }),
      { numRuns: 40 },
    );
  });

  it('a turn that all have passed on comes back to the first', () => {
    const rule = ruleOf(1, weighted([1, 1, 1]));
    const all = new Map([0, 1, 2].map((index) => [codeOf(index), 1]));
    expect(nextMunicipality(rule.municipalities, new Map(), all)).toBe(codeOf(0));
  });

  it('when municipalities merge, the new one owes what both owed', () => {
    const before = ruleOf(1, weighted([1000, 2000, 3000, 4000]));
    const counts = give([before], before, 7);
    const old = deficitsOf([before], counts);
    const [, , third, fourth] = before.municipalities;
    const merged = '034051';
    const after = ruleOf(
      2,
      [
        { istatCode: third?.istatCode ?? '', population: 3000, share: 0.3 },
        { istatCode: fourth?.istatCode ?? '', population: 4000, share: 0.4 },
        { istatCode: merged, population: 3000, share: 0.3 },
      ],
      { merged: [0, 1].map((index) => ({ from: codeOf(index), into: merged })) },
    );
    const now = deficitsOf([before, after], counts);
    expect(now.get(merged)).toBeCloseTo((old.get(codeOf(0)) ?? 0) + (old.get(codeOf(1)) ?? 0), 9);
    expect(now.get(codeOf(2))).toBeCloseTo(old.get(codeOf(2)) ?? 0, 9);
  });

  it('a change of the rule in mid-year keeps what was done, and nobody gets two turns from its share', () => {
    fc.assert(
      fc.property(
        populations,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (each, turnsBefore, turnsAfter) => {
          const first = ruleOf(1, weighted(each));
          const second = ruleOf(2, weighted(each.map(() => 1)), { kind: 'EQUAL_TURNS' });
          const before = give([first], first, turnsBefore);
          const after = give([first, second], second, turnsAfter, before);
          const shares = fairSharesOf([first, second], after, 2026, '2026-12-31');
          expect(shares.reduce((sum, { actual }) => sum + actual, 0)).toBe(
            turnsBefore + turnsAfter,
          );
          for (const { deficit } of shares) expect(Math.abs(deficit)).toBeLessThan(2);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('what is owed at the end of a year is carried over into the next', () => {
    const rule = ruleOf(1, weighted([100, 200, 300]));
    const counts = give([rule], rule, 4);
    const end = deficitsOf([rule], counts);
    for (const share of fairSharesOf([rule], counts, 2027, '2027-01-01')) {
      expect(share).toMatchObject({ expected: 0, actual: 0 });
      expect(share.carriedOver).toBeCloseTo(end.get(share.istatCode) ?? 0, 9);
    }
  });

  it('who joins begins even, and what a leaver owed is shared out', () => {
    const before = ruleOf(1, weighted([1, 1, 1]));
    const counts = give([before], before, 1);
    const after = ruleOf(2, [
      { istatCode: codeOf(1), population: 1, share: 0.5 },
      { istatCode: '034050', population: 1, share: 0.5 },
    ]);
    const now = deficitsOf([before, after], counts);
    expect(now.get(codeOf(1))).toBeCloseTo(1 / 6, 9);
    expect(now.get('034050')).toBeCloseTo(-1 / 6, 9);
  });
});
