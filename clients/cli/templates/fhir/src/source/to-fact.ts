import { enrolmentRecord } from '../store/enrolment.ts';
import type { Fact } from '../store/feed-writer.ts';

/** What a message said of one enrolment, before it is known whether it keeps the rules. */
export interface RawFact {
  readonly localId: string;
  readonly personLocalId: string;
  readonly kind: string | null;
  readonly status: string | null;
  readonly startedOn: string | null;
  readonly endedOn: string | null;
  readonly district: string | null;
}

/** A fact that keeps the rules, or the first rule that it breaks; `placeOf` says where the message has the field. */
export function toFact(
  raw: RawFact,
  recordedAt: string,
  placeOf: Readonly<Record<keyof RawFact, string>>,
): Fact {
  // The feed does not say whether a placement is reserved.
  const read = enrolmentRecord.safeParse({ ...raw, isTargeted: null });
  if (read.success) return { kind: 'put', record: read.data, recordedAt };
  const issue = read.error.issues[0];
  const field = Object.entries(placeOf).find(([name]) => name === issue?.path[0])?.[1];
  return { kind: 'refused', field: field ?? 'message', reason: issue?.message ?? 'breaks a rule' };
}
