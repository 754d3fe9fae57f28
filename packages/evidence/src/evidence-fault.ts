/** What is wrong with a log, by what was found and not by who did it. */
export type EvidenceFaultKind =
  /** No record: not JSON, not one of the shapes, a line without end. */
  | 'MALFORMED'
  /** A record that is not what was hashed when it was written. */
  | 'CHANGED'
  /** Records are not there, or not where they belong: deleted or moved. */
  | 'MISSING'
  /** A record or segment that was there before: inserted or replayed. */
  | 'REPEATED'
  /** Another history than the one that was signed or that goes before. */
  | 'FORKED'
  /** The log ends before what was signed as its end. */
  | 'TRUNCATED'
  /** Behind the signed end: never acknowledged, or appended by somebody else. */
  | 'UNSIGNED'
  /** A file that does not belong there. */
  | 'UNEXPECTED'
  /** A signed statement that is none, or not of the given keys, or not in its place. */
  | 'SIGNATURE';

/** The first thing wrong. */
export interface EvidenceFault {
  readonly kind: EvidenceFaultKind;
  readonly file: string;
  readonly segment: number | null;
  /** Counted from 1. */
  readonly line: number | null;
  /** The record's number; of the first one that is not proven when the bad one cannot be told. */
  readonly seq: number | null;
  readonly message: string;
}

/** Carries a fault to whoever verifies. */
export class EvidenceFaultError extends Error {
  override readonly name = 'EvidenceFaultError';
  readonly fault: EvidenceFault;

  constructor(fault: EvidenceFault) {
    super(describeFault(fault));
    this.fault = fault;
  }
}

/** One sentence for people. */
export function describeFault({ kind, file, line, seq, message }: EvidenceFault): string {
  const place = [
    file,
    line === null ? '' : `line ${line}`,
    seq === null ? '' : `record ${seq}`,
  ].filter((part) => part !== '');
  return `${kind} at ${place.join(', ')}: ${message}`;
}
