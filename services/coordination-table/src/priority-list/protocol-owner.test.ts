import { describe, expect, it } from 'vitest';
import type { ProtocolRow, SeatRow } from '../table/rows.ts';
import { createProtocolOwner } from './protocol-owner.ts';

// Only what the owner is found by; the register's own tests hold the rest.
const protocol = { id: 'p', ownerSeatId: 'seat-1' } as ProtocolRow;
const seat = { id: 'seat-1', organisation: 'asylum-desk' } as SeatRow;

describe('who owns protocol P3', () => {
  it('is the organisation of the seat that answers for the one in force today in Italy', async () => {
    const asked: unknown[] = [];
    const owner = createProtocolOwner(
      {
        protocols: (filter) => {
          asked.push(filter);
          return Promise.resolve([protocol]);
        },
        seatsByIds: () => Promise.resolve([seat]),
      },
      () => new Date('2026-11-16T23:30:00Z'),
    );
    expect(await owner('P3')).toBe('asylum-desk');
    expect(asked).toEqual([{ code: 'P3', inForceOn: '2026-11-17' }]);
  });

  it('is nobody while no protocol is in force', async () => {
    const register = {
      protocols: () => Promise.resolve([]),
      seatsByIds: () => Promise.resolve([seat]),
    };
    expect(await createProtocolOwner(register, () => new Date())('P3')).toBeNull();
  });
});
