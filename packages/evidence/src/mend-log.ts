import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from './canonical-json.ts';
import { EvidenceProblem } from './evidence-error.ts';
import { describeFault, EvidenceFaultError } from './evidence-fault.ts';
import {
  ASIDE,
  CHECKPOINTS,
  HEADS,
  listSegments,
  readIfThere,
  segmentFile,
} from './evidence-files.ts';
import { NOTHING_BEFORE } from './evidence-line.ts';
import type { EvidenceBody } from './evidence-record.ts';
import { type LogStatements, readLogStatements } from './log-statements.ts';
import type { LogPosition } from './log-writer.ts';
import type { StatementReader } from './signed-statement.ts';
import { walkSegments } from './walk-segments.ts';

/** A log as it is found at the start; `gaps` must be its next records. */
export interface FoundLog {
  readonly position: LogPosition;
  readonly lastCheckpoint: string | null;
  readonly gaps: readonly EvidenceBody[];
  /** Of the segment that is written; null for a log that begins. */
  readonly keyId: string | null;
}

/** More than a group of records can be; a longer tail is nothing a crash leaves. */
const MOST_TAIL_BYTES = 268_435_456;

/**
 * Finds where a log ends and moves aside what was never acknowledged; a folder without a log gets a new one. Refuses
 * with {@link EvidenceProblem} whatever a crash cannot have left.
 */
export async function mendLog(
  folder: string,
  read: StatementReader,
  now: () => Date,
): Promise<FoundLog> {
  if (await isEmpty(folder)) return newLog(now);
  try {
    return await mend(folder, read, now);
  } catch (error) {
    if (!(error instanceof EvidenceFaultError)) throw error;
    throw new EvidenceProblem(
      `The evidence log in ${folder} is not whole: ${describeFault(error.fault)}. It was left as it is: keep a copy, find out why with "tavolo audit verify", and let the gateway begin a new log in another folder.`,
    );
  }
}

/** Only the owner may read what is in it. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
}

async function isEmpty(folder: string): Promise<boolean> {
  const { segments, strange } = await listSegments(folder);
  if (segments.length > 0 || strange.length > 0) return false;
  const files = await Promise.all(
    [CHECKPOINTS, ...HEADS].map((name) => readIfThere(join(folder, name))),
  );
  return files.every((content) => content === null);
}

function newLog(now: () => Date): FoundLog {
  const position = {
    logId: randomUUID(),
    segment: 0,
    seq: 0,
    hash: NOTHING_BEFORE,
    bytes: 0,
    recordsInSegment: 0,
    segmentSince: now().toISOString(),
    isSealed: true,
  };
  return { position, lastCheckpoint: null, gaps: [], keyId: null };
}

async function mend(folder: string, read: StatementReader, now: () => Date): Promise<FoundLog> {
  const statements = await readLogStatements(folder, read, 'mending');
  const { head, checkpoints, tombstone, tornBytes, lastCheckpoint } = statements;
  const sealed = new Map(
    checkpoints.filter(({ kind }) => kind === 'seal').map((seal) => [seal.segment, seal]),
  );
  let header: EvidenceBody | undefined;
  // The last segment only: a whole log is for `verify` to read.
  const end = await walkSegments({
    folder,
    logId: head.logId,
    firstSegment: head.segment,
    lastSegment: head.segment,
    after: beforeSegment(statements),
    anchors: [...checkpoints, head]
      .filter(({ seq }) => seq <= head.seq)
      .map(({ seq, hash }) => ({ seq, hash, from: 'a signed statement' }))
      .sort((a, b) => a.seq - b.seq),
    seals: sealed,
    lastBytes: head.bytes,
    onLine: ({ body }) => {
      header ??= body;
    },
  });
  if (tornBytes > 0) {
    const path = join(folder, CHECKPOINTS);
    await truncate(path, (await stat(path)).size - tornBytes);
  }
  await removeLeftovers(folder, tombstone?.firstSegment ?? 1);
  const gaps = [
    ...(await moveTailAside(folder, head.segment, head.bytes, now)),
    ...(await moveNextAside(folder, head.segment, sealed.has(head.segment), now)),
  ];
  return {
    position: {
      logId: head.logId,
      segment: head.segment,
      seq: head.seq,
      hash: head.hash,
      bytes: head.bytes,
      recordsInSegment: end.records,
      segmentSince: header?.at ?? head.at,
      isSealed: sealed.get(head.segment)?.seq === head.seq,
    },
    lastCheckpoint,
    gaps,
    keyId: header?.kind === 'segment' ? header.publicKey.kid : null,
  };
}

/** What the first record of the last segment must follow. */
function beforeSegment({ head, checkpoints, tombstone }: LogStatements) {
  if (head.segment === 1) return { seq: 0, hash: NOTHING_BEFORE };
  if (tombstone?.firstSegment === head.segment) {
    return { seq: tombstone.throughSeq, hash: tombstone.throughHash };
  }
  const seal = checkpoints.find(
    ({ kind, segment }) => kind === 'seal' && segment === head.segment - 1,
  );
  if (seal !== undefined) return seal;
  throw new EvidenceFaultError({
    kind: 'SIGNATURE',
    file: CHECKPOINTS,
    segment: head.segment,
    line: null,
    seq: null,
    message: `the seal of segment ${head.segment - 1} is not there`,
  });
}

/** A retention that was interrupted had said already what it removes. */
async function removeLeftovers(folder: string, firstSegment: number): Promise<void> {
  const { segments } = await listSegments(folder);
  for (const segment of segments.filter((number) => number < firstSegment)) {
    await rm(join(folder, segmentFile(segment)));
  }
}

async function moveTailAside(folder: string, segment: number, from: number, now: () => Date) {
  const path = join(folder, segmentFile(segment));
  const length = (await stat(path)).size - from;
  if (length <= 0) return [];
  if (length > MOST_TAIL_BYTES) throw tailTooLong(segment);
  const tail = Buffer.alloc(length);
  const file = await open(path, 'r+');
  try {
    await file.read(tail, 0, length, from);
    const copy = await open(await asideName(folder, segment, now), 'wx', 0o600);
    try {
      await copy.writeFile(tail);
      await copy.sync();
    } finally {
      await copy.close();
    }
    await file.truncate(from);
    await file.sync();
  } finally {
    await file.close();
  }
  return [gapOf(tail, now)];
}

/** A segment that was begun, and whose header nobody signed for yet. */
async function moveNextAside(folder: string, segment: number, isSealed: boolean, now: () => Date) {
  const { segments } = await listSegments(folder);
  const later = segments.filter((number) => number > segment);
  const next = later[0];
  if (next === undefined) return [];
  const path = join(folder, segmentFile(next));
  if (later.length > 1 || next !== segment + 1 || !isSealed) {
    throw new EvidenceFaultError({
      kind: 'UNSIGNED',
      file: segmentFile(next),
      segment: next,
      line: 1,
      seq: null,
      message: `the log was signed up to segment ${segment}`,
    });
  }
  if ((await stat(path)).size > MOST_TAIL_BYTES) throw tailTooLong(next);
  const tail = (await readIfThere(path)) ?? Buffer.alloc(0);
  await rename(path, await asideName(folder, next, now));
  return [gapOf(tail, now)];
}

function gapOf(tail: Buffer, now: () => Date): EvidenceBody {
  return {
    kind: 'gap',
    at: now().toISOString(),
    reason: 'UNACKNOWLEDGED_TAIL',
    lines: tail
      .toString('latin1')
      .split('\n')
      .filter((line) => line !== '').length,
    bytes: tail.length,
    sha256: sha256Hex(tail),
    code: null,
  };
}

async function asideName(folder: string, segment: number, now: () => Date): Promise<string> {
  await mkdir(join(folder, ASIDE), { recursive: true, mode: 0o700 });
  const moment = now().toISOString().replaceAll(':', '-');
  return join(folder, ASIDE, `${segmentFile(segment)}.${moment}.${randomUUID().slice(0, 8)}`);
}

function tailTooLong(segment: number): EvidenceFaultError {
  return new EvidenceFaultError({
    kind: 'UNSIGNED',
    file: segmentFile(segment),
    segment,
    line: null,
    seq: null,
    message: 'more stands behind the signed end than a crash can leave',
  });
}
