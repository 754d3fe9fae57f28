import { describe, expect, it } from 'vitest';
import type { EncodedIdentifier, LinkablePerson } from './linkable-person.ts';
import type { Decision } from './resolution.ts';
import { resolvePeople } from './resolve-people.ts';
import { OPTIONS, pair, person, together } from './weighed-pairs.fixture.ts';

function identifier(kind: EncodedIdentifier['kind'], mac: string): EncodedIdentifier {
  return { kind, keyId: 'k', mac };
}

function says(verdict: Decision['verdict'], one: string, other: string): Decision {
  return { refs: [one, other], verdict };
}

const [a, a2, b, b2, c] = ['a1', 'a2', 'b1', 'b2', 'c1'].map((ref) => person(ref)) as [
  LinkablePerson,
  LinkablePerson,
  LinkablePerson,
  LinkablePerson,
  LinkablePerson,
];

describe('names and dates', () => {
  it('link a pair that weighs more than its rarity', () => {
    const { groups, links } = resolvePeople([a, b], [pair(a, b, 14)], OPTIONS);
    expect(together(groups)).toBe('a1=b1');
    expect(links).toMatchObject([{ refs: ['a1', 'b1'], stage: 'FILTER', rule: 'SAME' }]);
  });

  it('queue a pair that might be, and forget one that is not', () => {
    const { groups, doubts } = resolvePeople([a, b, c], [pair(a, b, 8), pair(b, c, 2)], OPTIONS);
    expect(together(groups)).toBe('a1 b1 c1');
    expect(doubts).toMatchObject([{ refs: ['a1', 'b1'], reason: 'UNSURE' }]);
  });

  it('two namesakes of one institution are both queued, neither is linked', () => {
    const { groups, doubts } = resolvePeople(
      [a, b, b2],
      [pair(a, b, 14), pair(a, b2, 14)],
      OPTIONS,
    );
    expect(together(groups)).toBe('a1 b1 b2');
    expect(doubts.map(({ score }) => Math.round(score * 10))).toEqual([5, 5]);
  });

  it('twins go each to their own record: the better pair leaves the other no choice', () => {
    const { groups } = resolvePeople(
      [a, a2, b, b2],
      [pair(a, b, 16), pair(a2, b2, 16), pair(a, b2, 10), pair(a2, b, 10)],
      OPTIONS,
    );
    expect(together(groups)).toBe('a1=b1 a2=b2');
  });

  it('a weight beyond all numbers is still a probability', () => {
    const { links } = resolvePeople([a, b], [pair(a, b, 5_000)], OPTIONS);
    expect(links[0]?.score).toBe(1);
  });
});

describe('identifiers', () => {
  const cui = (mac: string) => identifier('CUI', mac);
  const code = (mac: string) => identifier('CODICE_FISCALE', mac);

  it('the rule of a link is its strongest identifier', () => {
    const both = { sharedIdentifiers: ['CUI', 'STP'] as const };
    expect(resolvePeople([a, b], [pair(a, b, 12, both)], OPTIONS).links[0]?.rule).toBe('CUI');
  });

  it('an equal number with another of the same strength is a contradiction, queued', () => {
    const evidence = { sharedIdentifiers: ['STP'], vetoes: ['CODICE_FISCALE'] } as const;
    const { groups, doubts } = resolvePeople([a, b], [pair(a, b, 14, evidence)], OPTIONS);
    expect(together(groups)).toBe('a1 b1');
    expect(doubts).toMatchObject([{ reason: 'CONTRADICTION' }]);
  });

  it('fingerprints outweigh papers: one CUI may have two codici fiscali', () => {
    const evidence = { sharedIdentifiers: ['CUI'], vetoes: ['CODICE_FISCALE'] } as const;
    expect(together(resolvePeople([a, b], [pair(a, b, 14, evidence)], OPTIONS).groups)).toBe(
      'a1=b1',
    );
  });

  it('two codici fiscali keep two records apart although nothing proposed them as a pair', () => {
    const [left, middle, right] = [person('a1', code('x')), person('b1'), person('c1', code('y'))];
    const { groups } = resolvePeople(
      [left, middle, right],
      [pair(left, middle, 16), pair(middle, right, 15)],
      OPTIONS,
    );
    expect(together(groups)).toBe('a1=b1 c1');
  });

  it('one number, and names or dates that say somebody else: a husband’s code on his wife’s form', () => {
    for (const other of [null, -3]) {
      const shared = { sharedIdentifiers: ['STP'] } as const;
      const { groups, doubts } = resolvePeople([a, b], [pair(a, b, other, shared)], OPTIONS);
      expect(together(groups)).toBe('a1 b1');
      expect(doubts).toMatchObject([{ reason: 'IDENTIFIER_ALONE' }]);
    }
  });

  it('one number links a record without a name: it does not say somebody else', () => {
    const nameless = { ...person('b1', cui('x')), attributes: null };
    const shared = { sharedIdentifiers: ['CUI'] } as const;
    const { groups } = resolvePeople([a, nameless], [pair(a, nameless, null, shared)], OPTIONS);
    expect(together(groups)).toBe('a1=b1');
  });

  it('of two records with the same number, the one whose name agrees is the person', () => {
    const shared = { sharedIdentifiers: ['CUI'] } as const;
    const { groups, doubts } = resolvePeople(
      [a, b, b2],
      [pair(a, b, 3, shared), pair(a, b2, 14, shared)],
      OPTIONS,
    );
    expect(together(groups)).toBe('a1=b2 b1');
    expect(doubts).toMatchObject([{ refs: ['a1', 'b1'], reason: 'CONTRADICTION' }]);
  });
});

describe('reviewers and former links', () => {
  it('two people stay two, whatever the numbers say', () => {
    const evidence = { sharedIdentifiers: ['CUI'] } as const;
    const options = { ...OPTIONS, decisions: [says('TWO_PEOPLE', 'b1', 'a1')] };
    const { groups, doubts } = resolvePeople([a, b], [pair(a, b, 16, evidence)], options);
    expect(together(groups)).toBe('a1 b1');
    expect(doubts).toEqual([]);
  });

  it('the same person is linked without any evidence, but never twice in one institution', () => {
    const same = (one: string, other: string) => ({
      ...OPTIONS,
      decisions: [says('SAME_PERSON', one, other)],
    });
    expect(together(resolvePeople([a, b], [], same('a1', 'b1')).groups)).toBe('a1=b1');
    expect(together(resolvePeople([a, a2], [], same('a1', 'a2')).groups)).toBe('a1 a2');
  });

  it('where reviewers contradict each other, two people stay two', () => {
    const decisions = [
      says('SAME_PERSON', 'a1', 'b1'),
      says('SAME_PERSON', 'b1', 'c1'),
      says('TWO_PEOPLE', 'a1', 'c1'),
    ];
    expect(together(resolvePeople([a, b, c], [], { ...OPTIONS, decisions }).groups)).toBe(
      'a1=b1 c1',
    );
  });

  it('a link made under a former key is carried, unless somebody broke it', () => {
    const carried = [{ refs: ['a1', 'b1'], score: 0.97 }] as const;
    const kept = resolvePeople([a, b], [], { ...OPTIONS, carried });
    expect(kept.links).toMatchObject([{ stage: 'CARRIED', rule: 'FORMER_KEY', score: 0.97 }]);
    const decisions = [says('TWO_PEOPLE', 'a1', 'b1')];
    expect(together(resolvePeople([a, b], [], { ...OPTIONS, carried, decisions }).groups)).toBe(
      'a1 b1',
    );
  });
});
