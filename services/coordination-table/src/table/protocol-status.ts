import type { ProtocolDays } from './rows.ts';

export type ProtocolStatus = 'DRAFT' | 'SIGNED' | 'IN_FORCE' | 'EXPIRED' | 'WITHDRAWN';

/** Where a protocol stands on a day: it follows from its days, so the past can be asked for too. */
export function protocolStatusOn(days: ProtocolDays, day: string): ProtocolStatus {
  const hasCome = (since: string | null): boolean => since !== null && since <= day;
  if (hasCome(days.withdrawnOn)) return 'WITHDRAWN';
  if (hasCome(days.validFrom)) {
    return days.validTo !== null && days.validTo < day ? 'EXPIRED' : 'IN_FORCE';
  }
  return hasCome(days.signedOn) ? 'SIGNED' : 'DRAFT';
}

export type ProtocolStep = 'sign' | 'put in force' | 'withdraw';

const allowedFrom: Readonly<Record<ProtocolStep, readonly ProtocolStatus[]>> = {
  sign: ['DRAFT'],
  'put in force': ['SIGNED'],
  withdraw: ['DRAFT', 'SIGNED', 'IN_FORCE'],
};

/** Why a protocol cannot take a step today; null when it can. */
export function refusedStep(step: ProtocolStep, days: ProtocolDays, today: string): string | null {
  const status = protocolStatusOn(days, today);
  const from = allowedFrom[step];
  if (!from.includes(status)) {
    return `a protocol that is ${status} cannot be ${pastOf[step]}; only one that is ${from.join(' or ')} can`;
  }
  if (step === 'put in force' && days.validFrom !== null) {
    return 'the protocol already has its time in force; withdraw it and sign a new version to change that';
  }
  return null;
}

const pastOf: Readonly<Record<ProtocolStep, string>> = {
  sign: 'signed',
  'put in force': 'put in force',
  withdraw: 'withdrawn',
};

/** Whether two versions of a protocol would be in force on one day. */
export function wouldOverlap(a: ProtocolDays, b: ProtocolDays): boolean {
  const [one, other] = [forceOf(a), forceOf(b)];
  if (one === null || other === null) return false;
  return one.from < other.to && other.from < one.to;
}

/** First day in force, and the first that is not; `~` sorts after every day. */
function forceOf({ validFrom, validTo, withdrawnOn }: ProtocolDays) {
  if (validFrom === null) return null;
  const afterLast = validTo === null ? '~' : `${validTo}~`;
  const to = withdrawnOn !== null && withdrawnOn < afterLast ? withdrawnOn : afterLast;
  return validFrom < to ? { from: validFrom, to } : null;
}
