import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ProtocolStatus,
  protocolStatusOn,
  refusedStep,
  wouldOverlap,
} from './protocol-status.ts';
import type { ProtocolDays } from './rows.ts';

const draft: ProtocolDays = { signedOn: null, validFrom: null, validTo: null, withdrawnOn: null };

/** Where a protocol may go from each state in the course of time; it may stay everywhere. */
const next: Readonly<Record<ProtocolStatus, readonly ProtocolStatus[]>> = {
  DRAFT: ['SIGNED', 'WITHDRAWN'],
  SIGNED: ['IN_FORCE', 'WITHDRAWN', 'EXPIRED'],
  IN_FORCE: ['EXPIRED', 'WITHDRAWN'],
  EXPIRED: [],
  WITHDRAWN: [],
};

function dayOf(index: number): string {
  return new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
}

const step = fc.record({
  action: fc.constantFrom(
    'sign' as const,
    'put in force' as const,
    'withdraw' as const,
    'wait' as const,
  ),
  /** Days that pass before it. */
  pass: fc.integer({ min: 0, max: 60 }),
  from: fc.integer({ min: 0, max: 30 }),
  length: fc.option(fc.integer({ min: 0, max: 90 })),
});

describe('the states of a protocol', () => {
  it('follow each other only as drawn, whatever is tried and however time passes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let days = draft;
        let today = 0;
        let last: ProtocolStatus = 'DRAFT';
        for (const { action, pass, from, length } of steps) {
          for (let day = 0; day < pass; day += 1) {
            today += 1;
            last = moved(last, protocolStatusOn(days, dayOf(today)));
          }
          if (action === 'wait' || refusedStep(action, days, dayOf(today)) !== null) continue;
          days = taken(action, days, today, from, length);
          last = moved(last, protocolStatusOn(days, dayOf(today)));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of the past do not change by what happens later', () => {
    const signed = { ...draft, signedOn: '2026-02-01' };
    const inForce = { ...signed, validFrom: '2026-03-01', validTo: '2026-12-31' };
    const withdrawn = { ...inForce, withdrawnOn: '2026-06-01' };
    expect(
      ['2026-01-31', '2026-02-01', '2026-03-01', '2026-05-31', '2026-06-01', '2027-01-01'].map(
        (day) => protocolStatusOn(withdrawn, day),
      ),
    ).toEqual(['DRAFT', 'SIGNED', 'IN_FORCE', 'IN_FORCE', 'WITHDRAWN', 'WITHDRAWN']);
    expect(protocolStatusOn(inForce, '2026-12-31')).toBe('IN_FORCE');
    expect(protocolStatusOn(inForce, '2027-01-01')).toBe('EXPIRED');
  });

  it('refuse a step by the name of the state that stands against it', () => {
    expect(refusedStep('put in force', draft, '2026-01-01')).toBe(
      'a protocol that is DRAFT cannot be put in force; only one that is SIGNED can',
    );
  });
});

describe('two versions of a protocol', () => {
  it('overlap exactly when both are in force on some day', () => {
    const version = fc
      .record({
        from: fc.integer({ min: 0, max: 20 }),
        length: fc.option(fc.integer({ min: 0, max: 20 })),
        withdrawn: fc.option(fc.integer({ min: 0, max: 40 })),
      })
      .map(
        ({ from, length, withdrawn }): ProtocolDays => ({
          signedOn: dayOf(0),
          validFrom: dayOf(from),
          validTo: length === null ? null : dayOf(from + length),
          withdrawnOn: withdrawn === null ? null : dayOf(withdrawn),
        }),
      );
    fc.assert(
      fc.property(version, version, (a, b) => {
        const isShared = Array.from({ length: 50 }, (_, index) => dayOf(index)).some(
          (day) =>
            protocolStatusOn(a, day) === 'IN_FORCE' && protocolStatusOn(b, day) === 'IN_FORCE',
        );
        expect(wouldOverlap(a, b)).toBe(isShared);
      }),
    );
  });
});

function moved(from: ProtocolStatus, to: ProtocolStatus): ProtocolStatus {
  if (from !== to) expect(next[from]).toContain(to);
  return to;
}

function taken(
  action: 'sign' | 'put in force' | 'withdraw',
  days: ProtocolDays,
  today: number,
  from: number,
  length: number | null,
): ProtocolDays {
  if (action === 'sign') return { ...days, signedOn: dayOf(today) };
  if (action === 'withdraw') return { ...days, withdrawnOn: dayOf(today) };
  const validTo = length === null ? null : dayOf(today + from + length);
  return { ...days, validFrom: dayOf(today + from), validTo };
}
