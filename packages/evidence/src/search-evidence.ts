import { join } from 'node:path';
import { EvidenceFaultError } from './evidence-fault.ts';
import { listSegments, segmentFile } from './evidence-files.ts';
import { readLine } from './evidence-line.ts';
import type { EvidenceBody } from './evidence-record.ts';
import { readSegmentLines } from './segment-lines.ts';

/** Everything that is given must hold. */
export interface EvidenceFilter {
  /** Inclusive. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
  readonly kind?: EvidenceBody['kind'];
  readonly organisation?: string;
  readonly purposeId?: string;
  readonly user?: string;
  /** A field that was read: `Type.field`; or a whole type: `Type`. */
  readonly coordinate?: string;
  readonly outcome?: string;
  readonly refusalCode?: string;
  readonly requestIds?: ReadonlySet<string>;
}

export interface FoundRecord {
  readonly seq: number;
  readonly segment: number;
  readonly body: EvidenceBody;
}

export interface EvidencePage {
  readonly records: readonly FoundRecord[];
  /** Where the next page goes on; null when this was the last. */
  readonly nextAfter: number | null;
}

export interface SearchOptions {
  /** At most 1,000. */
  readonly first?: number;
  /** Records after this number only. */
  readonly after?: number;
}

const MOST_ON_PAGE = 1_000;

/**
 * Reads a log from its beginning and answers a page of what fits, oldest first. Each record is held against its own
 * hash; whether any is missing is for `verifyEvidence` to say.
 */
export async function searchEvidence(
  folder: string,
  filter: EvidenceFilter,
  { first = 100, after = 0 }: SearchOptions = {},
): Promise<EvidencePage> {
  const most = Math.min(Math.max(first, 1), MOST_ON_PAGE);
  const records: FoundRecord[] = [];
  const fits = filterOf(filter);
  for (const segment of (await listSegments(folder)).segments) {
    let line = 0;
    for await (const batch of readSegmentLines(join(folder, segmentFile(segment)))) {
      for (const { text, isEnded } of batch) {
        line += 1;
        // The last line of a log at work may be half written.
        if (!isEnded) continue;
        const read = readLine(text);
        if (typeof read === 'string') throw changed(segment, line, read);
        if (read.seq <= after || !fits(read.body)) continue;
        if (records.length === most) return { records, nextAfter: records.at(-1)?.seq ?? null };
        records.push({ seq: read.seq, segment, body: read.body });
      }
    }
  }
  return { records, nextAfter: null };
}

function filterOf(filter: EvidenceFilter): (body: EvidenceBody) => boolean {
  const { kind, organisation, purposeId, user, coordinate, outcome, refusalCode, requestIds } =
    filter;
  const [from, to] = [filter.from?.toISOString(), filter.to?.toISOString()];
  const typePrefix = coordinate?.includes('.') === false ? `${coordinate}.` : null;
  const reads = (name: string) =>
    typePrefix === null ? name === coordinate : name.startsWith(typePrefix);
  return (body) => {
    // All moments are written with the same 24 characters: their order is that of the text.
    if ((from !== undefined && body.at < from) || (to !== undefined && body.at >= to)) return false;
    if (kind !== undefined && body.kind !== kind) return false;
    const is = (name: string, value: string | undefined) =>
      value === undefined || new Map<string, unknown>(Object.entries(body)).get(name) === value;
    if (!is('organisation', organisation) || !is('purposeId', purposeId)) return false;
    if (!is('user', user) || !is('outcome', outcome)) return false;
    if (requestIds !== undefined && !('requestId' in body && requestIds.has(body.requestId))) {
      return false;
    }
    if (coordinate === undefined && refusalCode === undefined) return true;
    if (body.kind !== 'operation') return false;
    if (refusalCode !== undefined && body.refusal?.code !== refusalCode) return false;
    if (coordinate === undefined) return true;
    const refused = body.refusal?.coordinate ?? null;
    return body.coordinates.some(reads) || (refused !== null && reads(refused));
  };
}

function changed(segment: number, line: number, kind: 'MALFORMED' | 'CHANGED') {
  return new EvidenceFaultError({
    kind,
    file: segmentFile(segment),
    segment,
    line,
    seq: null,
    message: 'the line is not a record as it was written',
  });
}
