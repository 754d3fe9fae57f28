import { romeDay } from '../reference/rome-day.ts';
import type { RegisterStore } from '../table/store/register-store.ts';

/**
 * The organisation that owns the protocol in force today; null when none is: then any coordinator may keep what the
 * protocol is about.
 */
export function createProtocolOwner(
  register: Pick<RegisterStore, 'protocols' | 'seatsByIds'>,
  now: () => Date,
): (code: 'P3') => Promise<string | null> {
  return async (code) => {
    const inForce = await register.protocols(
      { code, inForceOn: romeDay(now()) },
      { size: 1, afterId: undefined },
    );
    const protocol = inForce[0];
    if (protocol === undefined) return null;
    const [seat] = await register.seatsByIds([protocol.ownerSeatId]);
    if (seat === undefined) throw new Error('the seat of a protocol’s owner is not there');
    return seat.organisation;
  };
}
