import { join } from 'node:path';
import { EvidenceFaultError, type EvidenceFaultKind } from './evidence-fault.ts';
import { segmentFile } from './evidence-files.ts';
import { type EvidenceLine, readLine } from './evidence-line.ts';
import { readSegmentLines } from './segment-lines.ts';

/** A record that was signed for: it must have this number and this hash. */
export interface Anchor {
  readonly seq: number;
  readonly hash: string;
  /** Which statement says so. */
  readonly from: string;
}

export interface Walk {
  readonly folder: string;
  readonly logId: string;
  readonly firstSegment: number;
  readonly lastSegment: number;
  /** What the first record follows. */
  readonly after: { readonly seq: number; readonly hash: string };
  /** In order of number; those before the walk are not looked at. */
  readonly anchors: readonly Anchor[];
  /** The last record of each sealed segment. */
  readonly seals: ReadonlyMap<number, { readonly seq: number }>;
  /** Bytes to read of the last segment. */
  readonly lastBytes: number;
  readonly onLine?: (line: EvidenceLine, segment: number) => void;
}

export interface WalkEnd {
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
  readonly records: number;
  readonly linesOfLast: number;
}

/** Follows the chain from record to record and holds it against every anchor; rejects with the first fault. */
export async function walkSegments(walk: Walk): Promise<WalkEnd> {
  const { folder, logId, firstSegment, lastSegment, seals } = walk;
  let { seq, hash } = walk.after;
  const anchors = walk.anchors.filter((anchor) => anchor.seq > seq);
  const start = walk.anchors.find((anchor) => anchor.seq === seq && anchor.hash !== hash);
  if (start !== undefined) {
    const [file, message] = [
      segmentFile(firstSegment),
      `${start.from} was signed for another record than the one before`,
    ];
    throw new EvidenceFaultError({
      kind: 'FORKED',
      file,
      segment: firstSegment,
      line: 1,
      seq,
      message,
    });
  }
  let proven = seq;
  let nextAnchor = 0;
  let records = 0;
  let at = '';
  let line = 0;
  for (let segment = firstSegment; segment <= lastSegment; segment += 1) {
    const file = segmentFile(segment);
    const fault = (kind: EvidenceFaultKind, message: string, record: number | null = seq + 1) =>
      new EvidenceFaultError({ kind, file, segment, line, seq: record, message });
    line = 0;
    const bytes = segment === lastSegment ? walk.lastBytes : Number.POSITIVE_INFINITY;
    try {
      for await (const batch of readSegmentLines(join(folder, file), bytes)) {
        for (const { text, isEnded } of batch) {
          line += 1;
          take(text, isEnded, segment, fault);
        }
      }
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        throw fault('MISSING', 'the segment is not there');
      }
      throw error;
    }
    const seal = seals.get(segment);
    line += 1;
    if (segment < lastSegment && seal === undefined) {
      throw fault('SIGNATURE', 'the segment is not sealed, and another one follows');
    }
    if (seal !== undefined && seq < seal.seq) {
      throw fault('TRUNCATED', `the segment was sealed with record ${seal.seq}`);
    }
  }
  const missed = anchors[nextAnchor];
  if (missed !== undefined) {
    const [file, message] = [
      segmentFile(lastSegment),
      `${missed.from} was signed for record ${missed.seq}, and the log ends before it`,
    ];
    throw new EvidenceFaultError({
      kind: 'TRUNCATED',
      file,
      segment: lastSegment,
      line,
      seq: seq + 1,
      message,
    });
  }
  return { seq, hash, at, records, linesOfLast: line - 1 };

  function take(
    text: string,
    isEnded: boolean,
    segment: number,
    fault: (kind: EvidenceFaultKind, message: string, record?: number | null) => EvidenceFaultError,
  ): void {
    if (!isEnded) throw fault('MALFORMED', 'the line does not end');
    const read = readLine(text);
    if (read === 'MALFORMED') throw fault('MALFORMED', 'no record of evidence');
    if (read === 'CHANGED') throw fault('CHANGED', 'the record is not the one that was written');
    if (read.seq > seq + 1) {
      throw fault(
        'MISSING',
        `record ${read.seq} stands here; what goes before it was deleted or moved`,
      );
    }
    if (read.seq <= seq) throw fault('REPEATED', `record ${read.seq} stands here again`);
    if (read.previous !== hash) {
      throw fault('FORKED', 'the record follows another one than the one before it');
    }
    checkHeader(read, segment, fault);
    const seal = seals.get(segment);
    if (seal !== undefined && read.seq > seal.seq) {
      throw fault('UNSIGNED', `the segment was sealed with record ${seal.seq}`);
    }
    seq = read.seq;
    hash = read.hash;
    at = read.body.at;
    records += 1;
    for (let anchor = anchors[nextAnchor]; anchor?.seq === seq; anchor = anchors[nextAnchor]) {
      if (anchor.hash !== hash) {
        throw fault(
          'FORKED',
          `${anchor.from} was signed for another record ${seq}; the records from here to it are not proven`,
          Math.min(proven + 1, seq),
        );
      }
      nextAnchor += 1;
      proven = seq;
    }
    walk.onLine?.(read, segment);
  }

  function checkHeader(
    { body }: EvidenceLine,
    segment: number,
    fault: (kind: EvidenceFaultKind, message: string) => EvidenceFaultError,
  ): void {
    if ((line === 1) !== (body.kind === 'segment')) {
      throw fault('UNEXPECTED', 'each segment has one header, and it is its first record');
    }
    if (body.kind !== 'segment') return;
    if (body.logId !== logId) throw fault('FORKED', 'a segment of another log');
    if (body.segment !== segment) throw fault('REPEATED', `segment ${body.segment} stands here`);
  }
}
