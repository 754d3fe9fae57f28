import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { JWK } from 'jose';
import { type EvidenceFault, EvidenceFaultError } from './evidence-fault.ts';
import { CHECKPOINTS, listSegments, segmentFile } from './evidence-files.ts';
import { NOTHING_BEFORE } from './evidence-line.ts';
import { isInUse, type LogStatements, readLogStatements } from './log-statements.ts';
import { type PackRange, readPack } from './pack-manifest.ts';
import { createStatementReader, type StatementReader } from './signed-statement.ts';
import { type Anchor, walkSegments } from './walk-segments.ts';

export interface VerifyOptions {
  /** Known from elsewhere than the log: whoever forges a log can put a key of their own beside it. */
  readonly publicKeys: readonly JWK[];
  /** Checkpoints that were kept elsewhere, as `tavolo audit checkpoint` prints them. */
  readonly checkpoints?: readonly string[];
  /** `pack`: an exported part, which may begin and end where its manifest says. Never believed of a log. */
  readonly as?: 'log' | 'pack';
  /** Called every few thousand records. */
  readonly onProgress?: (records: number) => void;
}

export interface EvidenceVerdict {
  /** The first one; null when the log is whole. */
  readonly fault: EvidenceFault | null;
  readonly logId: string | null;
  /** `TOMBSTONE`: what was before was removed by retention. `PACK`: a part that was exported. */
  readonly begins: 'GENESIS' | 'TOMBSTONE' | 'PACK' | null;
  readonly firstSeq: number | null;
  readonly lastSeq: number | null;
  readonly lastAt: string | null;
  readonly records: number;
}

const PROGRESS_EVERY = 5_000;
const TAIL_TRIES = 5;
const TAIL_WAIT_MS = 100;

/** Reads a whole log, or an exported pack, and holds it against its hashes and signatures; it may be in use. */
export async function verifyEvidence(
  folder: string,
  options: VerifyOptions,
): Promise<EvidenceVerdict> {
  let found = { logId: null, begins: null, firstSeq: null } as Pick<
    EvidenceVerdict,
    'logId' | 'begins' | 'firstSeq'
  >;
  let records = 0;
  try {
    const read = await createStatementReader(options.publicKeys);
    const statements = await readLogStatements(folder, read, 'strict');
    const start = findStart(statements, await readPack(folder, options.as ?? 'log'));
    found = { logId: statements.head.logId, begins: start.begins, firstSeq: start.after.seq + 1 };
    const given = await readGiven(options.checkpoints ?? [], read, statements.head.logId);
    await expectSegments(folder, start.first, start.last);
    const end = await walkSegments({
      folder,
      logId: statements.head.logId,
      firstSegment: start.first,
      lastSegment: start.last,
      after: start.after,
      anchors: anchorsOf(statements, given, start.throughSeq),
      seals: sealsOf(statements),
      lastBytes: start.isToHead ? statements.head.bytes : Number.POSITIVE_INFINITY,
      onLine: () => {
        records += 1;
        if (records % PROGRESS_EVERY === 0) options.onProgress?.(records);
      },
    });
    if (start.isToHead) await expectNoTail(folder, statements, read, end.linesOfLast);
    return { fault: null, ...found, lastSeq: end.seq, lastAt: end.at, records };
  } catch (error) {
    if (!(error instanceof EvidenceFaultError)) throw error;
    return { fault: error.fault, ...found, lastSeq: null, lastAt: null, records };
  }
}

/** Where the chain begins and must end. */
function findStart({ head, tombstone, checkpoints }: LogStatements, pack: PackRange | null) {
  const genesis = { seq: 0, hash: NOTHING_BEFORE };
  const sealOf = (segment: number) =>
    checkpoints.find((checkpoint) => checkpoint.kind === 'seal' && checkpoint.segment === segment);
  const whole =
    tombstone === null
      ? { begins: 'GENESIS' as const, first: 1, after: genesis }
      : {
          begins: 'TOMBSTONE' as const,
          first: tombstone.firstSegment,
          after: { seq: tombstone.throughSeq, hash: tombstone.throughHash },
        };
  if (pack === null) return { ...whole, last: head.segment, throughSeq: head.seq, isToHead: true };
  const before = sealOf(pack.firstSegment - 1);
  const end = pack.lastSegment === head.segment ? head : sealOf(pack.lastSegment);
  const isFromStart = pack.firstSegment === whole.first;
  if (end === undefined || (before === undefined && !isFromStart)) {
    throw new EvidenceFaultError({
      kind: 'SIGNATURE',
      file: CHECKPOINTS,
      segment: null,
      line: null,
      seq: null,
      message: 'the seals that the pack begins and ends with are not there',
    });
  }
  return {
    ...(before === undefined || isFromStart
      ? whole
      : { begins: 'PACK' as const, first: pack.firstSegment, after: before }),
    last: pack.lastSegment,
    throughSeq: end.seq,
    isToHead: end === head,
  };
}

function anchorsOf(
  { heads, checkpoints }: LogStatements,
  given: readonly Anchor[],
  throughSeq: number,
): readonly Anchor[] {
  const own = [
    ...checkpoints.map(({ seq, hash }, index) => ({ seq, hash, from: `checkpoint ${index + 1}` })),
    ...heads.map(({ seq, hash }) => ({ seq, hash, from: 'the head' })),
  ].filter(({ seq }) => seq <= throughSeq);
  return [...own, ...given].sort((a, b) => a.seq - b.seq);
}

function sealsOf({ checkpoints }: LogStatements) {
  return new Map(
    checkpoints.filter(({ kind }) => kind === 'seal').map((seal) => [seal.segment, seal]),
  );
}

async function readGiven(
  checkpoints: readonly string[],
  read: StatementReader,
  logId: string,
): Promise<readonly Anchor[]> {
  return Promise.all(
    checkpoints.map(async (jws, index) => {
      const fault = (kind: 'SIGNATURE' | 'FORKED', message: string) =>
        new EvidenceFaultError({
          kind,
          file: 'a given checkpoint',
          segment: null,
          line: index + 1,
          seq: null,
          message,
        });
      const statement = await read(jws.trim());
      if (statement === null || statement.kind === 'tombstone') {
        throw fault('SIGNATURE', 'not signed with a key that was given');
      }
      if (statement.logId !== logId) throw fault('FORKED', 'it is of another log');
      return { seq: statement.seq, hash: statement.hash, from: 'the given checkpoint' };
    }),
  );
}

async function expectSegments(folder: string, first: number, last: number): Promise<void> {
  const { segments, strange } = await listSegments(folder);
  const fault = (
    kind: 'UNEXPECTED' | 'MISSING',
    file: string,
    segment: number | null,
    message: string,
  ) => new EvidenceFaultError({ kind, file, segment, line: null, seq: null, message });
  if (strange[0] !== undefined) throw fault('UNEXPECTED', strange[0], null, 'no name of a segment');
  const early = segments.find((segment) => segment < first);
  if (early !== undefined) {
    throw fault('UNEXPECTED', segmentFile(early), early, `the log begins with segment ${first}`);
  }
  for (let segment = first; segment <= last; segment += 1) {
    if (!segments.includes(segment)) {
      throw fault('MISSING', segmentFile(segment), segment, 'the segment is not there');
    }
  }
}

/** Behind the head there is nothing; when there is, a writer at work signs it in a moment. */
async function expectNoTail(
  folder: string,
  statements: LogStatements,
  read: StatementReader,
  lines: number,
): Promise<void> {
  const { head } = statements;
  for (let attempt = 1; ; attempt += 1) {
    const { size } = await stat(join(folder, segmentFile(head.segment)));
    const later = (await listSegments(folder)).segments.find((segment) => segment > head.segment);
    if (size <= head.bytes && later === undefined) return;
    const { head: now } = await readLogStatements(folder, read, 'strict');
    if (now.seq > head.seq) return;
    if (attempt === TAIL_TRIES || !(await isInUse(folder))) {
      const segment = size > head.bytes ? head.segment : (later ?? head.segment);
      throw new EvidenceFaultError({
        kind: 'UNSIGNED',
        file: segmentFile(segment),
        segment,
        line: segment === head.segment ? lines + 1 : 1,
        seq: head.seq + 1,
        message: `the log was signed up to record ${head.seq}`,
      });
    }
    await wait(TAIL_WAIT_MS);
  }
}
