import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adt, visit } from '../testing/adt.ts';
import { readHl7Delivery } from './read-hl7-delivery.ts';

const conventions = { patientAuthority: 'AUSLPR', timeZone: 'Europe/Rome' };
const origin = { source: 'mllp', line: null, receivedAt: '2026-03-01T12:00:00Z' };
const good = Buffer.from(
  adt('C1', {
    segments: [visit('V1', '20260101100000'), 'ZVU|F1|PREGNANT|S|20260715103000|SCR'],
  }),
);

describe('reading a message', () => {
  it('ends in facts or in a named refusal, whatever bytes arrive', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.nat(good.length),
        fc.nat(20),
        (noise, at, cut) => {
          // A good message with a hole and noise in it.
          const bytes = Buffer.concat([good.subarray(0, at), noise, good.subarray(at + cut)]);
          const { reading } = readHl7Delivery(bytes, origin, conventions).delivery;
          if (reading.kind === 'refused')
            expect(reading.problem.reason).toMatch(/^[a-zA-Z0-9 .-]+$/);
          else expect(reading.facts.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
