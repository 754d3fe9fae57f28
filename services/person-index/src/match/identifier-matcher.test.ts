import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARTNERS, type Partner } from '../partner.ts';
import { createIdentifierMatcher } from './identifier-matcher.ts';
import type { LinkableRecord } from './matcher.ts';

const matcher = createIdentifierMatcher();

function record(partner: Partner, name: string, ...evidence: [kind: string, mac: string][]) {
  return {
    ref: `${partner}/${name}`,
    partner,
    evidence: evidence.map(([kind, mac]) => ({ kind, keyId: 'k1', mac })),
  };
}

function groupsOf(records: readonly LinkableRecord[]): string[][] {
  return matcher
    .match(records)
    .groups.map((members) => members.map(({ ref }) => ref).sort())
    .sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}

describe('identifier matcher', () => {
  it('joins records of different institutions that share an identifier, also through a third', () => {
    expect(
      groupsOf([
        record('reception-centres', 'r', ['CUI', 'a']),
        record('social-services', 's', ['CUI', 'a'], ['CODICE_FISCALE', 'b']),
        record('health-authority', 'h', ['CODICE_FISCALE', 'b']),
        record('volunteer-registry', 'v', ['CODICE_FISCALE', 'c']),
      ]),
    ).toEqual([
      ['health-authority/h', 'reception-centres/r', 'social-services/s'],
      ['volunteer-registry/v'],
    ]);
  });

  it('does not join an encoding of one kind or key with the same text of another', () => {
    const other = { kind: 'CUI', keyId: 'k2', mac: 'a' };
    expect(
      groupsOf([
        record('reception-centres', 'r', ['CUI', 'a']),
        record('social-services', 's', ['PERMIT', 'a']),
        { ref: 'health-authority/h', partner: 'health-authority', evidence: [other] },
      ]),
    ).toHaveLength(3);
  });

  it('keeps two records of one institution apart, gives the stronger evidence way and counts the other', () => {
    const outcome = matcher.match([
      record('reception-centres', 'r', ['CUI', 'a'], ['PERMIT', 'p']),
      record('social-services', 's1', ['PERMIT', 'p']),
      record('social-services', 's2', ['CUI', 'a']),
    ]);
    expect(outcome.groups.map((members) => members.map(({ ref, rule }) => [ref, rule]))).toEqual([
      [
        ['reception-centres/r', 'CUI'],
        ['social-services/s2', 'CUI'],
      ],
      [['social-services/s1', null]],
    ]);
    expect(outcome.conflicts).toEqual([
      { refs: ['reception-centres/r', 'social-services/s1'], rule: 'PERMIT' },
    ]);
  });

  const anyRecords = fc
    .uniqueArray(
      fc.record({
        partner: fc.constantFrom(...PARTNERS),
        name: fc.integer({ min: 0, max: 9 }).map(String),
        evidence: fc.array(
          fc.tuple(
            fc.constantFrom('CUI', 'CODICE_FISCALE', 'STP'),
            fc.constantFrom('a', 'b', 'c', 'd'),
          ),
          { maxLength: 3 },
        ),
      }),
      { selector: ({ partner, name }) => `${partner}/${name}`, maxLength: 16 },
    )
    .map((rows) => rows.map(({ partner, name, evidence }) => record(partner, name, ...evidence)));

  it('answers the same whatever the order of the records', () => {
    fc.assert(
      fc.property(anyRecords, fc.infiniteStream(fc.nat()), (records, order) => {
        const shuffled = records
          .map((one) => ({ one, place: Number(order.next().value ?? 0) }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        expect(groupsOf(shuffled)).toEqual(groupsOf(records));
        expect(matcher.match(shuffled).conflicts).toEqual(matcher.match(records).conflicts);
      }),
    );
  });

  it('never puts two records of one institution together, and loses or doubles none', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const groups = groupsOf(records);
        expect(groups.flat().sort()).toEqual(records.map(({ ref }) => ref).sort());
        for (const group of groups) {
          const partners = group.map((ref) => ref.split('/')[0]);
          expect(new Set(partners).size).toBe(partners.length);
        }
      }),
    );
  });
});
